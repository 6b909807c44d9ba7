console.log("a loaded"); export class A {}
