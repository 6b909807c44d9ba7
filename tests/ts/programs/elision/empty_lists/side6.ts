console.log("side6");
