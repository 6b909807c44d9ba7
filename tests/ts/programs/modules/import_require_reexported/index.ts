export import lib = require("./m"); import type dropped = require("./loud");
