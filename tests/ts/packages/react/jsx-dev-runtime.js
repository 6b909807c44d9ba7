// SPDX-License-Identifier: MIT
import { Element, Fragment } from "./index.js";
export { Fragment };
export const jsxDEV = (type, props, key, isStatic, source, self) =>
    new Element("jsxDEV", type, [props, key, isStatic, source && { ...source, fileName: source.fileName.replace(/.*[/\\]/, "") }, typeof self]);
