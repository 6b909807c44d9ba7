const type = 1, interface_ = 2, declare = 3, namespace = 4, module = 5, abstract = 6, as = 7, is = 8, keyof = 9, infer = 10, readonly = 11, satisfies = 12, unique = 13, asserts = 14, global = 15, override = 16, out = 17, of = 18, from = 19, any = 20, number = 21, accessor = 22;
type
type2
= 5; var type2: any;
declare
namespace
console.log(type, declare, namespace, module, abstract, as, is, keyof, infer, readonly, satisfies, unique, asserts, global, override, out, of, from, any as any, number, accessor, as as any, (satisfies satisfies number));
