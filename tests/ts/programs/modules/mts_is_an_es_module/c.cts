export = { x: "x" };
