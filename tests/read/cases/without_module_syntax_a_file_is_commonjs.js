return await (x);
//| (script
//|   (return
//|     (call
//|       (id await)
//|       (id x))))
