type X<U, T> = T extends [infer U extends T ? U : T] ? U : T; type Y<T> = T extends (infer U extends T ? U : T) ? U : T;
type Z<T> = T extends { a: infer U extends T ? 1 : 2 } ? U : T; type W<T> = T extends F<T extends 1 ? 2 : 3>[T extends 1 ? 2 : 3] ? 4 : 5;
//| (script
//|   (empty)
//|   (empty)
//|   (empty)
//|   (empty))
