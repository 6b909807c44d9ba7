a = (b: string, c?: number, d = 1): void => {};
e = <T,>(f: T): f is string => f; g = async <T>(h: T) => h; i = <T>(j);
k = l ? (m) : n => o; p = q ? (r): s => t : u; v = w ? (x, y) => z : 1;
//| (script
//|   (expr
//|     (assign =
//|       (id a)
//|       (arrow +arrow length=2
//|         (params
//|           (param
//|             (id b))
//|           (param :optional
//|             (id c))
//|           (param
//|             (id d)
//|             (num 1))))))
//|   (expr
//|     (assign =
//|       (id e)
//|       (arrow +arrow +simple +expr-body length=1
//|         (params
//|           (param
//|             (id f)))
//|         (body
//|           (return
//|             (id f))))))
//|   (expr
//|     (assign =
//|       (id g)
//|       (arrow +arrow +async +simple +expr-body length=1
//|         (params
//|           (param
//|             (id h)))
//|         (body
//|           (return
//|             (id h))))))
//|   (expr
//|     (assign =
//|       (id i)
//|       (id :paren :asserted j)))
//|   (expr
//|     (assign =
//|       (id k)
//|       (cond
//|         (id l)
//|         (id :paren m)
//|         (arrow +arrow +simple +expr-body length=1
//|           (params
//|             (param
//|               (id n)))
//|           (body
//|             (return
//|               (id o)))))))
//|   (expr
//|     (assign =
//|       (id p)
//|       (cond
//|         (id q)
//|         (arrow +arrow +simple +expr-body length=1
//|           (params
//|             (param
//|               (id r)))
//|           (body
//|             (return
//|               (id t))))
//|         (id u))))
//|   (expr
//|     (assign =
//|       (id v)
//|       (cond
//|         (id w)
//|         (arrow +arrow +simple +expr-body length=2
//|           (params
//|             (param
//|               (id x))
//|             (param
//|               (id y)))
//|           (body
//|             (return
//|               (id z))))
//|         (num 1)))))
