// SPDX-License-Identifier: MIT
export function* range(from, to, step = 1) {
    for (let i = from; step > 0 ? i < to : i > to; i += step) yield i;
}

export function* map(source, fn) {
    let index = 0;
    for (const item of source) yield fn(item, index++);
}

export function* filter(source, test) {
    for (const item of source) if (test(item)) yield item;
}

export function* take(source, count) {
    if (count <= 0) return;
    for (const item of source) {
        yield item;
        if (--count === 0) return;
    }
}

export function* zip(...sources) {
    const iterators = sources.map(s => s[Symbol.iterator]());
    try {
        while (true) {
            const steps = iterators.map(i => i.next());
            if (steps.some(s => s.done)) return;
            yield steps.map(s => s.value);
        }
    } finally {
        for (const i of iterators) i.return?.();
    }
}

export function* chunk(source, size) {
    let part = [];
    for (const item of source) {
        part.push(item);
        if (part.length === size) {
            yield part;
            part = [];
        }
    }
    if (part.length) yield part;
}

export function* fibonacci() {
    let [a, b] = [0, 1];
    for (;;) {
        const reset = yield a;
        [a, b] = reset ? [0, 1] : [b, a + b];
    }
}

export function* flatten(tree) {
    for (const node of tree) {
        if (Array.isArray(node)) yield* flatten(node);
        else yield node;
    }
}
