// goal: module
{ using a = b, c = d; await using e = f; }
for (using g of h) ; for (await using i of j) ;
using (k); using[l];
using
m = 1;
//| (module +async +strict +has-await
//|   (block
//|     (var using
//|       (declarator
//|         (id a)
//|         (id b))
//|       (declarator
//|         (id c)
//|         (id d)))
//|     (var await-using
//|       (declarator
//|         (id e)
//|         (id f))))
//|   (for-of
//|     (var using
//|       (declarator
//|         (id g)))
//|     (id h)
//|     (empty))
//|   (for-of
//|     (var await-using
//|       (declarator
//|         (id i)))
//|     (id j)
//|     (empty))
//|   (expr
//|     (call
//|       (id using)
//|       (id k)))
//|   (expr
//|     (index
//|       (id using)
//|       (id l)))
//|   (expr
//|     (id using))
//|   (expr
//|     (assign =
//|       (id m)
//|       (num 1))))
