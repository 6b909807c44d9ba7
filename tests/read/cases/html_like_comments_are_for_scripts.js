// goal: script
a <!-- b
--> c
d --> 0;
//| (script
//|   (expr
//|     (id a))
//|   (expr
//|     (binary >
//|       (update --
//|         (id d))
//|       (num 0))))
