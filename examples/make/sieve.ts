// The primes below a limit, smallest first.
export function* primes(limit: number): Generator<number> {
    const composite = new Uint8Array(limit);
    for (let n = 2; n < limit; n++) {
        if (composite[n]) continue;
        yield n;
        for (let m = n * n; m < limit; m += n) composite[m] = 1;
    }
}
