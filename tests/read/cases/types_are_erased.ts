let a: Map<string, number[]> = <any>b as unknown as T, c!: string;
function f<T extends object = {}>(this: Window, x?: T, ...y: readonly T[]): asserts x is T;
function f(x: any): void {}
type A<T> = T extends (infer U extends string)[] ? U : never; interface B extends A<1> { m(): void; [k: string]: any }
declare global { var z: number } declare function g(): void;
x = y! + z satisfies Q; f<string>(a); new Map<string, Array<Array<number>>>(); h = i<j>;
//| (script
//|   (var let
//|     (declarator
//|       (id a)
//|       (id :asserted b))
//|     (declarator :definite
//|       (id c)))
//|   (empty :declare)
//|   (function-decl +simple length=1
//|     (id f)
//|     (params
//|       (param
//|         (id x))))
//|   (empty)
//|   (empty)
//|   (empty)
//|   (empty :declare)
//|   (expr
//|     (assign =
//|       (id x)
//|       (binary :asserted +
//|         (id :asserted y)
//|         (id z))))
//|   (expr
//|     (call
//|       (id f)
//|       (id a)))
//|   (expr
//|     (new
//|       (id Map)))
//|   (expr
//|     (assign =
//|       (id h)
//|       (id i))))
