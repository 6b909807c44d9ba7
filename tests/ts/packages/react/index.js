// SPDX-License-Identifier: MIT
// Elements as text, so that a program can print what was called with what.
const name = (t) => (typeof t === "function" ? t.name || "anonymous" : typeof t === "symbol" ? "fragment" : String(t));
export const show = (v) =>
    v === null ? "null" : v === undefined ? "undefined" : typeof v === "string" ? JSON.stringify(v) : typeof v === "function" ? `function ${v.name}` :
    Array.isArray(v) ? "[" + v.map(show).join(", ") + "]" : v instanceof Element ? v.text :
    typeof v === "object" ? "{" + Object.keys(v).map((k) => k + ": " + show(v[k])).join(", ") + "}" : String(v);
export class Element {
    constructor(how, type, rest) { this.text = `${how}(${[name(type), ...rest.map(show)].join(", ")})`; }
    toString() { return this.text; }
}
export const Fragment = Symbol("fragment");
export const createElement = (type, ...rest) => new Element("createElement", type, rest);
export const h = (type, ...rest) => new Element("h", type, rest);
export default { createElement, Fragment };
