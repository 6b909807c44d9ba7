console.log("m loaded"); export class Both { v = 1; } export interface Shape { k: number } export default interface D {}
