namespace N {
    export let a = "outer";
    export function f(a: string) { return a; }
    export function g() { let a = "local"; { a = "block"; } return a; }
    export function h() { a = "changed"; return a; }
    export const i = (() => { try { throw "caught"; } catch (a) { return a; } })();
}
console.log(N.f("param"), N.g(), N.a, N.h(), N.a, N.i);
