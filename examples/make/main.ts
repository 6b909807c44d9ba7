import { primes } from "./sieve";

const found = [...primes(100)];
console.log(`${found.length} primes below 100, the last is ${found.at(-1)}`);
