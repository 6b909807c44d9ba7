// SPDX-License-Identifier: MIT
export type Compare<T> = (a: T, b: T) => number;

export class BinaryHeap<T> {
    private items: T[] = [];

    constructor(private readonly compare: Compare<T>, initial: Iterable<T> = []) {
        for (const item of initial) this.push(item);
    }

    get size(): number {
        return this.items.length;
    }

    push(item: T): void {
        const { items, compare } = this;
        let at = items.push(item) - 1;
        while (at > 0) {
            const parent = (at - 1) >> 1;
            if (compare(items[parent]!, items[at]!) <= 0) break;
            [items[parent], items[at]] = [items[at]!, items[parent]!];
            at = parent;
        }
    }

    pop(): T | undefined {
        const { items, compare } = this;
        const top = items[0];
        const last = items.pop();
        if (items.length === 0 || last === undefined) return top;
        items[0] = last;
        for (let at = 0; ; ) {
            let least = at;
            for (const child of [2 * at + 1, 2 * at + 2])
                if (child < items.length && compare(items[child]!, items[least]!) < 0) least = child;
            if (least === at) return top;
            [items[least], items[at]] = [items[at]!, items[least]!];
            at = least;
        }
    }

    *drain(): Generator<T, number, void> {
        let count = 0;
        while (this.size > 0) {
            yield this.pop()!;
            count++;
        }
        return count;
    }
}
