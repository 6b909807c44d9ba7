import { a } from "./a"; import { i } from "./dir"; import { j } from "./dir/index.js"; import { x } from "./comp.jsx"; console.log(a, i, j, x);
