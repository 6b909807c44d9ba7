namespace N {
    export function* g() { yield 1; yield 2; }
    export async function a() { return 3; }
    export async function* ag() { yield 4; }
    export const arrow = () => [...g()].length;
}
console.log([...N.g()].join(), N.arrow());
N.a().then((v) => console.log(v));
(async () => { for await (const v of N.ag()) console.log(v); })();
