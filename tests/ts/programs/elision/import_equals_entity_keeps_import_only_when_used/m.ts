console.log("m loaded"); export class K { v = 1; } export namespace Space { export const v = 2; }
