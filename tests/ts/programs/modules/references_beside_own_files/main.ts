import { w } from "which"; import { l } from "./lib/l.js"; console.log(w, l);
