console.log("empty loaded");
