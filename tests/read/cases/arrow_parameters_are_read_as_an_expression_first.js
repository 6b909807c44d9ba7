(a, { b, c: [d = 1] }, ...e) => a;
async ({ f = 1 }) => await f;
async (g, ...h);
(a = this) => arguments;
//| (script +this +arguments
//|   (expr
//|     (arrow +arrow +expr-body length=2
//|       (params
//|         (param
//|           (id a))
//|         (param
//|           (object-pattern
//|             (prop :shorthand
//|               (str "b")
//|               (id b))
//|             (prop
//|               (str "c")
//|               (array-pattern
//|                 (default
//|                   (id d)
//|                   (num 1))))))
//|         (param :rest
//|           (id e)))
//|       (body
//|         (return
//|           (id a)))))
//|   (expr
//|     (arrow +arrow +async +expr-body +has-await length=1
//|       (params
//|         (param
//|           (object-pattern
//|             (prop :shorthand
//|               (str "f")
//|               (default
//|                 (id f)
//|                 (num 1))))))
//|       (body
//|         (return
//|           (await
//|             (id f))))))
//|   (expr
//|     (call
//|       (id async)
//|       (id g)
//|       (spread
//|         (id h))))
//|   (expr
//|     (arrow +arrow +expr-body +this +arguments length=0
//|       (params
//|         (param
//|           (id a)
//|           (this)))
//|       (body
//|         (return
//|           (id arguments))))))
