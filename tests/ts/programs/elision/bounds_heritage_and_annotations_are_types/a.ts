console.log("a"); export class A {}
