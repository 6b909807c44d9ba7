console.log(typeof exports.late); export default class { static n = 1; } export class late {} console.log(exports.default.name, exports.default.n);
