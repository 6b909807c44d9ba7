a = <T,>(x: T) => x; b = <T extends U>(x: T) => x; c = <D<string> e="&lt;f&quot;" {...g} h:i={j} k />;
//| (script
//|   (expr
//|     (assign =
//|       (id a)
//|       (arrow +arrow +simple +expr-body length=1
//|         (params
//|           (param
//|             (id x)))
//|         (body
//|           (return
//|             (id x))))))
//|   (expr
//|     (assign =
//|       (id b)
//|       (arrow +arrow +simple +expr-body length=1
//|         (params
//|           (param
//|             (id x)))
//|         (body
//|           (return
//|             (id x))))))
//|   (expr
//|     (assign =
//|       (id c)
//|       (jsx
//|         (id D)
//|         (attrs
//|           (jsx-attr e
//|             (str "<f\""))
//|           (spread
//|             (id g))
//|           (jsx-attr h:i
//|             (id j))
//|           (jsx-attr k))))))
