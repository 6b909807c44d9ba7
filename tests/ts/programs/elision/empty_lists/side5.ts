console.log("side5");
