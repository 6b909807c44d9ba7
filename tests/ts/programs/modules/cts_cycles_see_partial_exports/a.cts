import * as b from "./b.cjs"; export function a() { return "a" + b.b(); } export const late = 1;
