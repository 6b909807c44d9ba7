import { A } from "./a.js"; console.log(JSON.stringify(A));
