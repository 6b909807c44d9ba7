a = b / c / d;
if (a) /re/.test(b);
a++ / 2;
({}) / 2;
`${/}/g}`;
x = /[/\]]+/u;
//| (script
//|   (expr
//|     (assign =
//|       (id a)
//|       (binary /
//|         (binary /
//|           (id b)
//|           (id c))
//|         (id d))))
//|   (if
//|     (id a)
//|     (expr
//|       (call
//|         (member test
//|           (regexp "re" ""))
//|         (id b))))
//|   (expr
//|     (binary /
//|       (update ++
//|         (id a))
//|       (num 2)))
//|   (expr
//|     (binary /
//|       (object :paren)
//|       (num 2)))
//|   (expr
//|     (template
//|       ""
//|       (regexp "}" "g")
//|       ""))
//|   (expr
//|     (assign =
//|       (id x)
//|       (regexp "[/\\]]+" "u"))))
