console.log("d loaded"); export class D {}
