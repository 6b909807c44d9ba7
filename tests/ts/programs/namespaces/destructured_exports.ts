const src = { a: 1, b: { c: [2, 3] }, d: 4, e: 5 };
namespace N {
    export const { a, b: { c: [x, y = 9, z = 8] }, ...rest } = src;
    export let [p, , q = a] = [10, 11];
    export const sum = a + x + y + z + p + q;
}
console.log(JSON.stringify(N));
