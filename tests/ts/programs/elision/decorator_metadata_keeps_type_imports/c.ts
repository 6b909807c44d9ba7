console.log("c loaded"); export class C {}
