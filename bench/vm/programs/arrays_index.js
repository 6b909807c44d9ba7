// SPDX-License-Identifier: MIT
// Array element access: push, pop, shift, index loops, swaps, nested arrays, holes, slices.
const print = globalThis.console ? console.log : globalThis.print;

const stack = [];
let check = 0;
for (let i = 0; i < 2000000; i++) {
    stack.push(i);
    if (i % 3 === 0) check = (check + stack.pop()) | 0;
}
for (let i = 0; i < stack.length; i++) check = (check + stack[i]) | 0;

const n = 110;
const a = [];
const b = [];
for (let i = 0; i < n; i++) {
    a.push([]);
    b.push([]);
    for (let j = 0; j < n; j++) {
        a[i][j] = i + j;
        b[i][j] = i - j;
    }
}
const product = a.map(() => new Array(n).fill(0));
for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += a[i][k] * b[k][j];
        product[i][j] = sum;
    }
check += product[17][23];

function quicksort(list, low, high) {
    while (low < high) {
        const pivot = list[(low + high) >> 1];
        let i = low;
        let j = high;
        while (i <= j) {
            while (list[i] < pivot) i++;
            while (list[j] > pivot) j--;
            if (i <= j) {
                const t = list[i];
                list[i++] = list[j];
                list[j--] = t;
            }
        }
        quicksort(list, low, j);
        low = i;
    }
}
const values = [];
for (let i = 0, x = 7; i < 300000; i++) values.push((x = (x * 16807) % 2147483647));
quicksort(values, 0, values.length - 1);
check += values[160000];

const queue = [1];
for (let i = 0; i < 400000; i++) {
    const head = queue.shift();
    queue.push((head * 3 + 1) % 1009);
    if (queue.length < 64) queue.push(i % 97);
}
const reversed = queue.slice(5, 60).reverse().concat([1, 2], 3);
const sparse = [];
sparse[1000] = 1;
print('arrays_index', check, reversed.length, reversed[3], sparse.length, sparse.indexOf(1), values[0] <= values[1]);
