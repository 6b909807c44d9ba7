// SPDX-License-Identifier: MIT
export class LruCache<K, V> {
    private readonly entries = new Map<K, V>();
    hits = 0;
    misses = 0;

    constructor(readonly capacity: number) {
        if (capacity < 1) throw new RangeError(`capacity must be positive, got ${capacity}`);
    }

    get(key: K): V | undefined {
        if (!this.entries.has(key)) {
            this.misses++;
            return undefined;
        }
        this.hits++;
        const value = this.entries.get(key)!;
        this.entries.delete(key);
        this.entries.set(key, value);
        return value;
    }

    set(key: K, value: V): this {
        this.entries.delete(key);
        this.entries.set(key, value);
        if (this.entries.size > this.capacity) {
            const [oldest] = this.entries.keys();
            this.entries.delete(oldest);
        }
        return this;
    }

    get size(): number {
        return this.entries.size;
    }

    keys(): K[] {
        return [...this.entries.keys()];
    }
}

export function memoize<A extends string | number, R>(fn: (arg: A) => R, capacity = 16): (arg: A) => R {
    const cache = new LruCache<A, { result: R }>(capacity);
    return arg => {
        const known = cache.get(arg);
        if (known) return known.result;
        const result = fn(arg);
        cache.set(arg, { result });
        return result;
    };
}
