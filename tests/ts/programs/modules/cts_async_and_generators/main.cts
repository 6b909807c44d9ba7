export async function f() { const m = await import("./m.mjs"); return m.default; } f().then(console.log); export function* g() { yield 1; } console.log([...g()].join(), typeof exports.g);
