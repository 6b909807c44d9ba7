// @experimentalDecorators: true
const log: string[] = [];
const d = (n: string) => { log.push("eval " + n); return (...a: any[]) => { log.push(`apply ${n} ${a.length} ${typeof a[0]} ${String(a[1])} ${typeof a[2]}`); }; };
@d("c1") @d("c2") class C { @d("m") m(@d("p0") a: any, @d("p1") b: any) {} @d("s") static s() {} @d("f") f = 1; @d("sf") static sf = 2; @d("g") get g() { return 1; } constructor(@d("cp") x: any) {} }
console.log(log.join("\n"));
