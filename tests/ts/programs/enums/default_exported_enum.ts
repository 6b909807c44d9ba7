enum E { A = 3 }
export default E;
import D from "./main.js";
console.log(D.A, D === E);
