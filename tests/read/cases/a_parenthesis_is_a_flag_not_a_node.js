(a) = 1;
(a?.b).c;
a?.b.c;
a ?? (b || c);
f = (function () {});
((a, b));
//| (script
//|   (expr
//|     (assign =
//|       (id :paren a)
//|       (num 1)))
//|   (expr
//|     (member c
//|       (chain :paren
//|         (member :optional b
//|           (id a)))))
//|   (expr
//|     (chain
//|       (member c
//|         (member :optional b
//|           (id a)))))
//|   (expr
//|     (logical ??
//|       (id a)
//|       (logical :paren ||
//|         (id b)
//|         (id c))))
//|   (expr
//|     (assign =
//|       (id f)
//|       (function :paren +simple length=0)))
//|   (expr
//|     (seq :paren
//|       (id a)
//|       (id b))))
