export function who(this: any) { return this === undefined ? "undefined" : "object"; }
