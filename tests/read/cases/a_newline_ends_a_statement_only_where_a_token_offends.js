a = b
(c)
a = b
++c
return_ = function () { return
1 }
do ; while (0) x
//| (script
//|   (expr
//|     (assign =
//|       (id a)
//|       (call
//|         (id b)
//|         (id c))))
//|   (expr
//|     (assign =
//|       (id a)
//|       (id b)))
//|   (expr
//|     (update :prefix ++
//|       (id c)))
//|   (expr
//|     (assign =
//|       (id return_)
//|       (function +simple length=0
//|         (body
//|           (return)
//|           (expr
//|             (num 1))))))
//|   (do-while
//|     (num 0)
//|     (empty))
//|   (expr
//|     (id x)))
