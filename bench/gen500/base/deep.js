// SPDX-License-Identifier: MIT
const isPlain = v => typeof v === 'object' && v !== null && Object.getPrototypeOf(v) === Object.prototype;

export function clone(value, seen = new WeakMap()) {
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const copy = Array.isArray(value)
        ? []
        : value instanceof Map
          ? new Map()
          : value instanceof Set
            ? new Set()
            : value instanceof Date
              ? new Date(value)
              : Object.create(Object.getPrototypeOf(value));
    seen.set(value, copy);
    if (value instanceof Map) value.forEach((v, k) => copy.set(clone(k, seen), clone(v, seen)));
    else if (value instanceof Set) value.forEach(v => copy.add(clone(v, seen)));
    else for (const key of Reflect.ownKeys(value)) copy[key] = clone(value[key], seen);
    return copy;
}

export const merge = (target, ...sources) =>
    sources.reduce((into, source) => {
        for (const [key, value] of Object.entries(source))
            into[key] = isPlain(into[key]) && isPlain(value) ? merge({ ...into[key] }, value) : clone(value);
        return into;
    }, target);

export const get = (object, path, fallback) =>
    path.split(/[.[\]]+/).filter(Boolean).reduce((v, k) => v?.[k], object) ?? fallback;

export function set(object, path, value) {
    const keys = path.split('.');
    const last = keys.pop();
    let at = object;
    for (const key of keys) at = at[key] ??= {};
    at[last] = value;
    return object;
}

export function freeze(object) {
    Object.values(object).forEach(v => typeof v === 'object' && v !== null && freeze(v));
    return Object.freeze(object);
}

export function paths(object, prefix = '') {
    return Object.entries(object).flatMap(([k, v]) => (isPlain(v) ? paths(v, `${prefix}${k}.`) : [`${prefix}${k}`]));
}
