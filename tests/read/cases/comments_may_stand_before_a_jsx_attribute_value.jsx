x = <a b=/* c */"d\e" f= // g
  'h' i=/**/{j} k = "l"/>;
//| (script
//|   (expr
//|     (assign =
//|       (id x)
//|       (jsx
//|         (str "a")
//|         (attrs
//|           (jsx-attr b
//|             (str "d\\e"))
//|           (jsx-attr f
//|             (str "h"))
//|           (jsx-attr i
//|             (id j))
//|           (jsx-attr k
//|             (str "l")))))))
