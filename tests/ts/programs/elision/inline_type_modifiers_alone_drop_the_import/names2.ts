console.log("names2 loaded"); const T = "as2"; export { T as as };
