console.log("side3");
