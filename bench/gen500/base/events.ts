// SPDX-License-Identifier: MIT
type Handler<A extends unknown[]> = (...args: A) => void;

export class Emitter<Events extends Record<string, unknown[]>> {
    #handlers = new Map<keyof Events, Set<Handler<any>>>();
    #emitted = 0;

    on<K extends keyof Events>(name: K, handler: Handler<Events[K]>): () => void {
        let set = this.#handlers.get(name);
        if (!set) this.#handlers.set(name, (set = new Set()));
        set.add(handler);
        return () => void set!.delete(handler);
    }

    once<K extends keyof Events>(name: K, handler: Handler<Events[K]>): () => void {
        const off = this.on(name, ((...args: Events[K]) => {
            off();
            handler(...args);
        }) as Handler<Events[K]>);
        return off;
    }

    emit<K extends keyof Events>(name: K, ...args: Events[K]): number {
        const set = this.#handlers.get(name);
        this.#emitted++;
        if (!set) return 0;
        for (const handler of [...set]) handler(...args);
        return set.size;
    }

    get emitted(): number {
        return this.#emitted;
    }

    static isEmitter(value: unknown): boolean {
        return typeof value === 'object' && value !== null && #handlers in value;
    }
}
