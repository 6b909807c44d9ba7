export const x = 1; console.log(typeof this, (function (this: any) { return this === undefined; })(), Object.getOwnPropertyNames(exports).sort().join(), Object.getOwnPropertyDescriptor(exports, "__esModule")!.enumerable);
(function () { try { (undeclared as any) = 1; console.log("sloppy"); } catch (e) { console.log((e as Error).name); } })(); declare let undeclared: any;
