// SPDX-License-Identifier: MIT
// As much of Reflect.metadata as the programs ask for: what emitDecoratorMetadata records, by target and key.
const store = new WeakMap();
function slot(target, key) {
    if (!store.has(target)) store.set(target, new Map());
    const keys = store.get(target);
    if (!keys.has(key)) keys.set(key, new Map());
    return keys.get(key);
}
Reflect.defineMetadata = (name, value, target, key) => void slot(target, key).set(name, value);
Reflect.metadata = (name, value) => (target, key) => Reflect.defineMetadata(name, value, target, key);
Reflect.getMetadata = (name, target, key) => {
    for (let o = target; o; o = Object.getPrototypeOf(o)) if (store.get(o)?.get(key)?.has(name)) return store.get(o).get(key).get(name);
};
Reflect.hasMetadata = (name, target, key) => Reflect.getMetadata(name, target, key) !== undefined;
Reflect.getMetadataKeys = (target, key) => [...(store.get(target)?.get(key)?.keys() ?? [])];
