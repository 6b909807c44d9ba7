console.log("names4 loaded"); type T = 1; export type { T as as };
