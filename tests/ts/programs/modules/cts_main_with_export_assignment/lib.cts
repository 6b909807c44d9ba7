function lib(x: number) { return x * 2; } namespace lib { export const extra = "extra"; } export = lib;
