// @experimentalDecorators: true
const d = (K: any) => { console.log("decorated", K.name); };
@d export class A {}
@d export default class B {}
export @d class C {}
import * as self from "./main.js";
console.log(Object.keys(self).join(), self.default.name);
