// What is on the shelves; whoever wants to know hears about it.
import { Money, sum } from "#src/money";
import { slug } from "#src/text";

export interface Item {
    id: string;
    title: string;
    price: Money;
    count: number;
}

export type Listener = (event: "added" | "sold" | "empty", item: Readonly<Item>) => void;

export class Stock implements Iterable<Item> {
    #items = new Map<string, Item>();
    #listeners = new Set<Listener>();

    on(listener: Listener): () => void {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }

    #tell(...event: Parameters<Listener>): void {
        for (const listener of this.#listeners) listener(...event);
    }

    add(title: string, price: string, count = 1): Item {
        const id = slug(title);
        const item = this.#items.get(id) ?? { id, title, price: Money.parse(price), count: 0 };
        item.count += count;
        this.#items.set(id, item);
        this.#tell("added", item);
        return item;
    }

    sell(id: string, count = 1): Money {
        const item = this.#items.get(id);
        if (!item) throw new Error(`no such item: ${id}`);
        if (item.count < count) throw new RangeError(`only ${item.count} of ${id} left`);
        item.count -= count;
        this.#tell("sold", item);
        if (item.count === 0) this.#tell("empty", item);
        return sum(Array<Money>(count).fill(item.price), item.price.currency);
    }

    *[Symbol.iterator](): Iterator<Item> {
        yield* this.#items.values();
    }

    get worth(): Money {
        return sum([...this].flatMap((item) => Array<Money>(item.count).fill(item.price)));
    }
}
