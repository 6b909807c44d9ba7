console.log("side2");
