// SPDX-License-Identifier: MIT
// Integer loops: sieve, collatz, bit operations, a linear congruential generator.
const print = globalThis.console ? console.log : globalThis.print;

function sieve(limit) {
    const composite = new Array(limit + 1).fill(false);
    let count = 0;
    for (let i = 2; i <= limit; i++) {
        if (composite[i]) continue;
        count++;
        for (let j = i * i; j <= limit; j += i) composite[j] = true;
    }
    return count;
}

function collatz(limit) {
    let longest = 0;
    let at = 0;
    for (let i = 1; i < limit; i++) {
        let n = i;
        let steps = 0;
        while (n !== 1) {
            n = n % 2 === 0 ? n / 2 : 3 * n + 1;
            steps++;
        }
        if (steps > longest) {
            longest = steps;
            at = i;
        }
    }
    return at * 1000 + longest;
}

function bits(rounds) {
    let hash = 0x811c9dc5 | 0;
    for (let i = 0; i < rounds; i++) {
        hash ^= i & 255;
        hash = Math.imul(hash, 0x01000193);
        hash = (hash << 5) | (hash >>> 27);
    }
    return hash >>> 0;
}

print('integers', sieve(1500000), collatz(60000), bits(6000000));
