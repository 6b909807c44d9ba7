// SPDX-License-Identifier: MIT
export const Fragment = "PF";
const text = (v) => JSON.stringify(v, (k, x) => (typeof x === "function" ? x.name : x === undefined ? "undefined" : x));
export const h = (type, props, ...children) => `h(${text(type)}, ${text(props)}, ${text(children)})`;
export const createElement = (type, props, ...children) => `preact.createElement(${text(type)}, ${text(props)}, ${text(children)})`;
export const jsx = (...all) => `preact.jsx${text(all)}`;
export const jsxs = (...all) => `preact.jsxs${text(all)}`;
