console.log("names3 loaded"); const t = "type as as"; export { t as type };
