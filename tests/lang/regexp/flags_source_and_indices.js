// SPDX-License-Identifier: MIT
const r = /a\/b[/]/gimsuyd;
console.log(r.flags, r.source, String(r), new RegExp('/').source, new RegExp('').source, RegExp(r) === r, /(?<x>b)/d.exec('abc').indices.groups.x.join()); // => dgimsuy a\/b[/] /a\/b[/]/dgimsuy \/ (?:) true 1,2
