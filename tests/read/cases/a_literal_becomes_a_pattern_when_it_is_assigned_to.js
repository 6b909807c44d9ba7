({ a = 1, b: c.d, ...e } = f);
[g, , [h] = i, ...j[0]] = k;
for ({ l = 1 } of m) ;
({ __proto__: n, __proto__: o } = p);
//| (script
//|   (expr
//|     (assign :paren =
//|       (object-pattern
//|         (prop :shorthand
//|           (str "a")
//|           (default
//|             (id a)
//|             (num 1)))
//|         (prop
//|           (str "b")
//|           (member d
//|             (id c)))
//|         (rest
//|           (id e)))
//|       (id f)))
//|   (expr
//|     (assign =
//|       (array-pattern
//|         (id g)
//|         nil
//|         (default
//|           (array-pattern
//|             (id h))
//|           (id i))
//|         (rest
//|           (index
//|             (id j)
//|             (num 0))))
//|       (id k)))
//|   (for-of
//|     (object-pattern
//|       (prop :shorthand
//|         (str "l")
//|         (default
//|           (id l)
//|           (num 1))))
//|     (id m)
//|     (empty))
//|   (expr
//|     (assign :paren =
//|       (object-pattern
//|         (prop
//|           (str "__proto__")
//|           (id n))
//|         (prop
//|           (str "__proto__")
//|           (id o)))
//|       (id p))))
