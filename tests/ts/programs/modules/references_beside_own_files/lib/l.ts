import { w } from "which"; import { n } from "./not/n.js"; export const l = "lib " + w + " " + n;
