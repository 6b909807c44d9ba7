console.log("e loaded"); export class E {}
