export function f() { return 1; } export function f2() { return f(); } (f as any) = () => 2; console.log(exports.f(), f2(), typeof exports.f2);
