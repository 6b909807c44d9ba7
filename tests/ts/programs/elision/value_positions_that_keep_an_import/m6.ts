console.log("m6"); export class F {}
