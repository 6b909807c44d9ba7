// SPDX-License-Identifier: MIT
import { Element, Fragment } from "./index.js";
export { Fragment };
export const jsx = (type, ...rest) => new Element("jsx", type, rest);
export const jsxs = (type, ...rest) => new Element("jsxs", type, rest);
