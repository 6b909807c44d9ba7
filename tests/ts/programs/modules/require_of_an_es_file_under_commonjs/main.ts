import I = require("./m"); console.log(typeof I);
