let original: any;
function replace(K: any) { original = K; return class Replaced { static tag = "replaced"; } as any; }
@replace class C { static a = 1; static who() { return (C as any).tag; } static { console.log("block", typeof (C as any).tag); } }
console.log(original.who(), (C as any).tag, C.name, original.a);
