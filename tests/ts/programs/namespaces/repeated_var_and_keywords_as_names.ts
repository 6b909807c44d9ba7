namespace N { export var a = 1; export var a = 2; export function a2() {} for (export_ in { k: 1 }) console.log(export_); var export_: string; } console.log(N.a);
