console.log((exports as any).__esModule, (function (this: any) { return this === undefined; })(), Object.getOwnPropertyNames(exports).join()); declare const exports: any;
