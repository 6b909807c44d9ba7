a < b; f(a < b, c > d); f(a < b, c > (d)); a < b || c > d; x = a<b>`t`; a?.<b>(c);
//| (script
//|   (expr
//|     (binary <
//|       (id a)
//|       (id b)))
//|   (expr
//|     (call
//|       (id f)
//|       (binary <
//|         (id a)
//|         (id b))
//|       (binary >
//|         (id c)
//|         (id d))))
//|   (expr
//|     (call
//|       (id f)
//|       (call
//|         (id a)
//|         (id d))))
//|   (expr
//|     (logical ||
//|       (binary <
//|         (id a)
//|         (id b))
//|       (binary >
//|         (id c)
//|         (id d))))
//|   (expr
//|     (assign =
//|       (id x)
//|       (tagged
//|         (id a)
//|         (template
//|           "t"))))
//|   (expr
//|     (chain
//|       (call :optional
//|         (id a)
//|         (id c)))))
