await using a = { async [Symbol.asyncDispose]() { console.log("disposed"); } }; import { sep } from "node:path"; export let x = sep; console.log(x); export * as p from "node:path"; export {};
