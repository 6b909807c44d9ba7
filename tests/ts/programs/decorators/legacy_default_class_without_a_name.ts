// @experimentalDecorators: true
export const d = (K: any) => K; @d export abstract class A { static x = 1; } @d export default class extends A { y = 2; } import * as s from "./main.js"; console.log(s.default.name, new s.default().y, Object.keys(s).join());
