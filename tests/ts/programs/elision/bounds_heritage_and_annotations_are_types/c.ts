console.log("c"); export class C {}
