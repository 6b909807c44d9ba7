// SPDX-License-Identifier: MIT
import { TimeoutError } from './errors.js';

export const tick = () => Promise.resolve();
export const delay = (ms, value) => new Promise(resolve => setTimeout(resolve, ms, value));

export async function retry(task, attempts) {
    const errors = [];
    for (let i = 1; i <= attempts; i++) {
        try {
            return await task(i);
        } catch (e) {
            errors.push(e);
        }
    }
    throw new AggregateError(errors, `failed after ${attempts} attempts`);
}

export async function mapLimit(items, limit, fn) {
    const results = new Array(items.length);
    let next = 0;
    let running = 0;
    let most = 0;
    async function worker() {
        while (next < items.length) {
            const index = next++;
            most = Math.max(most, ++running);
            results[index] = await fn(items[index], index);
            running--;
        }
    }
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    return { results, most };
}

export async function* countdown(from) {
    try {
        for (let i = from; i > 0; i--) {
            await tick();
            yield i;
        }
    } finally {
        await tick();
    }
}

export async function collect(source) {
    const out = [];
    for await (const item of source) out.push(item);
    return out;
}

export function withTimeout(promise, ms) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new TimeoutError(`no answer within ${ms} ms`)), ms);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class Mutex {
    #tail = Promise.resolve();

    run(task) {
        const result = this.#tail.then(() => task());
        this.#tail = result.then(
            () => {},
            () => {},
        );
        return result;
    }
}
