type T<A> = A extends `${infer X}-${infer Y}` ? [X, Y] : A extends (infer U)[] ? U : never;
type M = { readonly [K in keyof any as `get${Capitalize<string & K>}`]-?: () => void }; type N = { +readonly [K in "a"]+?: number };
type F = new (...args: any[]) => object; type G = typeof import("./main.js"); type H = import("./main.js").Q<string>; export type Q<in out V> = V; type I = asserts; type asserts = unique symbol extends symbol ? 1 : 2;
let t: T<"a-b"> = ["a", "b"], u: [first: string, second?: number, ...rest: boolean[]] = ["x"], v: unique symbol | 1 = 1 as any, w: abstract new () => void, z: -1 | 1n | `q` = -1;
function assertIs(x: unknown): asserts x is string {} function isIt(x: any): x is string { return true; }
console.log(t.join(), u.length, v, z, isIt(1), assertIs(2));
