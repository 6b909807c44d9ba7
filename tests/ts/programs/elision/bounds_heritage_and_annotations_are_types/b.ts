console.log("b"); export class B {}
