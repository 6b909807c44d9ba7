// SPDX-License-Identifier: MIT
console.log(0.1 + 0.2, 1e21, 1e-7, 123456789012345680000, 5e-324, 1.7976931348623157e308, -1e-7, 100, 1 / 3); // => 0.30000000000000004 1e+21 1e-7 123456789012345680000 5e-324 1.7976931348623157e+308 -1e-7 100 0.3333333333333333
console.log((255).toString(16), (0.5).toString(2), (-255).toString(36), (1e21).toString(7).length, (3.7).toString(3).slice(0, 8)); // => ff 0.1 -73 25 10.20022
console.log((1.005).toFixed(2), (1e21).toFixed(2), (123.456).toPrecision(4), (0.00001).toPrecision(1), (12345).toExponential(2), (0).toFixed(1), (-1.5).toFixed(0), (2.5).toFixed(0)); // => 1.00 1e+21 123.5 0.00001 1.23e+4 0.0 -2 3
