// SPDX-License-Identifier: MIT
export class Graph {
    #edges = new Map();

    static from(pairs) {
        const graph = new Graph();
        for (const [a, b] of pairs) graph.connect(a, b);
        return graph;
    }

    connect(from, to) {
        this.#of(from).add(to);
        this.#of(to);
        return this;
    }

    #of(node) {
        if (!this.#edges.has(node)) this.#edges.set(node, new Set());
        return this.#edges.get(node);
    }

    get nodes() {
        return [...this.#edges.keys()];
    }

    topological() {
        const order = [];
        const state = new Map();
        const visit = (node, path) => {
            if (state.get(node) === 'done') return;
            if (state.get(node) === 'open') throw new Error(`cycle: ${[...path, node].join(' -> ')}`);
            state.set(node, 'open');
            for (const next of this.#edges.get(node)) visit(next, [...path, node]);
            state.set(node, 'done');
            order.unshift(node);
        };
        this.nodes.forEach(n => visit(n, []));
        return order;
    }

    distances(start) {
        const found = new Map([[start, 0]]);
        const queue = [start];
        while (queue.length) {
            const node = queue.shift();
            for (const next of this.#edges.get(node) ?? []) {
                if (found.has(next)) continue;
                found.set(next, found.get(node) + 1);
                queue.push(next);
            }
        }
        return found;
    }
}
