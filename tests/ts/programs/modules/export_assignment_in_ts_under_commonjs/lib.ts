function lib(x: number) { return x + 1; } namespace lib { export const other = "other"; } export = lib;
