import { Level } from "./level.js"; import * as L from "./level.js";
console.log(Level.High, L.Level.Low, typeof Level);
