// SPDX-License-Identifier: MIT
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.named = "dual named";
exports.default = function dual() { return "dual default"; };
