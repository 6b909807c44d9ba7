console.log("t loaded"); export class T {}
