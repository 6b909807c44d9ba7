console.log("d"); export class D {}
