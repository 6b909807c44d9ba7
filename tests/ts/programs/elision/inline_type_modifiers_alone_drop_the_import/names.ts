console.log("names loaded"); const t = "named type"; export { t as type };
