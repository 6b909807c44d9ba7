(@f<<T>(v: T) => void>() class {}); g<<T>(v: T) => T>(h); i?.<<T>(v: T) => T>(j); new k<<T>() => T>();
//| (script
//|   (expr
//|     (class :paren
//|       (decorators
//|         (call
//|           (id f)))))
//|   (expr
//|     (call
//|       (id g)
//|       (id h)))
//|   (expr
//|     (chain
//|       (call :optional
//|         (id i)
//|         (id j))))
//|   (expr
//|     (new
//|       (id k))))
