// SPDX-License-Identifier: MIT
export type Result<T, E = string> = Ok<T> | Err<E>;

export class Ok<T> {
    readonly ok = true as const;
    constructor(public readonly value: T) {}
    map<U>(fn: (value: T) => U): Ok<U> {
        return new Ok(fn(this.value));
    }
    unwrapOr(_fallback: T): T {
        return this.value;
    }
}

export class Err<E> {
    readonly ok = false as const;
    constructor(public readonly error: E) {}
    map(_fn: unknown): this {
        return this;
    }
    unwrapOr<T>(fallback: T): T {
        return fallback;
    }
}

export const ok = <T>(value: T): Ok<T> => new Ok(value);
export const err = <E>(error: E): Err<E> => new Err(error);

export function attempt<T>(fn: () => T): Result<T, Error> {
    try {
        return ok(fn());
    } catch (e) {
        return err(e instanceof Error ? e : new Error(String(e)));
    }
}

export function all<T, E>(results: Result<T, E>[]): Result<T[], E> {
    const values: T[] = [];
    for (const r of results) {
        if (!r.ok) return r;
        values.push(r.value);
    }
    return ok(values);
}
