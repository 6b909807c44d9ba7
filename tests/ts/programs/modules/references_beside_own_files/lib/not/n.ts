import { w } from "which"; export const n = "not " + w;
