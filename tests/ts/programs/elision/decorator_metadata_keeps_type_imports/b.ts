console.log("b loaded"); export class B {}
