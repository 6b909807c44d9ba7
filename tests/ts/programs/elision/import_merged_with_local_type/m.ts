console.log("m loaded"); export interface Thing { v: number }
