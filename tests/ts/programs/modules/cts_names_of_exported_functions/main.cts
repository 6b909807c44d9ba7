export const f = () => 1, g = function () {}, h = class {}, { i = () => 2 } = {} as any; export default () => 3; console.log(f.name, g.name, h.name, i.name, exports.default.name, exports.f === f);
