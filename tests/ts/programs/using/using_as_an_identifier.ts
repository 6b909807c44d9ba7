const using = 1, of = [2]; let x: any = using;
using
y = 5; var y: any;
for (const using of [3]) console.log(using); for (let using = 0; using < 1; using++); console.log(using, x, y, of[0]);
async function f() { const o: any = { using: 4 }; await using; return o.using; } f().then((v) => console.log(v));
