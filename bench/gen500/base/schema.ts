// SPDX-License-Identifier: MIT
import { err, ok, type Result } from './result';

export interface Issue {
    path: (string | number)[];
    message: string;
}

export abstract class Schema<T> {
    protected checks: { test: (value: T) => boolean; message: string }[] = [];
    protected isOptional = false;

    protected abstract read(value: unknown, path: Issue['path'], issues: Issue[]): T;

    refine(test: (value: T) => boolean, message: string): this {
        const copy: this = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        copy.checks = [...this.checks, { test, message }];
        return copy;
    }

    optional(): this {
        const copy = this.refine(() => true, '');
        copy.isOptional = true;
        return copy;
    }

    walk(value: unknown, path: Issue['path'], issues: Issue[]): T {
        if (value === undefined && this.isOptional) return undefined as T;
        const before = issues.length;
        const result = this.read(value, path, issues);
        if (issues.length === before)
            for (const { test, message } of this.checks) if (!test(result)) issues.push({ path, message });
        return result;
    }

    parse(value: unknown): Result<T, Issue[]> {
        const issues: Issue[] = [];
        const result = this.walk(value, [], issues);
        return issues.length ? err(issues) : ok(result);
    }
}

class Primitive<T> extends Schema<T> {
    constructor(private readonly type: string) {
        super();
    }
    protected read(value: unknown, path: Issue['path'], issues: Issue[]): T {
        if (typeof value !== this.type) issues.push({ path, message: `expected ${this.type}, got ${typeof value}` });
        return value as T;
    }
}

class ArrayOf<T> extends Schema<T[]> {
    constructor(private readonly item: Schema<T>) {
        super();
    }
    protected read(value: unknown, path: Issue['path'], issues: Issue[]): T[] {
        if (Array.isArray(value)) return value.map((v, i) => this.item.walk(v, [...path, i], issues));
        issues.push({ path, message: 'expected array' });
        return [];
    }
}

class ObjectOf<T extends object> extends Schema<T> {
    constructor(private readonly shape: { [K in keyof T]: Schema<T[K]> }) {
        super();
    }
    protected read(value: unknown, path: Issue['path'], issues: Issue[]): T {
        if (typeof value !== 'object' || value === null) {
            issues.push({ path, message: 'expected object' });
            return {} as T;
        }
        const out = {} as T;
        for (const key in this.shape) {
            const found = this.shape[key].walk((value as T)[key], [...path, key], issues);
            if (found !== undefined) out[key] = found;
        }
        return out;
    }
}

export const string = () => new Primitive<string>('string');
export const number = () => new Primitive<number>('number');
export const boolean = () => new Primitive<boolean>('boolean');
export const array = <T>(item: Schema<T>) => new ArrayOf(item);
export const object = <T extends object>(shape: { [K in keyof T]: Schema<T[K]> }) => new ObjectOf<T>(shape);
