// SPDX-License-Identifier: MIT
const log: string[] = []; function d(n: string) { return (v: any, c: any) => { log.push(n + c.kind + String(c.name) + c.static + c.private); c.addInitializer(function (this: any) { log.push("init" + n + typeof this) }); } } @d("c") class A { @d("m") m() {} @d("sm") static sm() {} @d("f") f = log.push("fv"); @d("sf") static sf = log.push("sfv"); @d("g") get g() { return 1 } @d("s") set g(v) {} @d("a") accessor a = 1; @d("pf") #p = 2; @d("pm") #pm() {} } new A(); console.log(log.join("\n"));

// => smmethodsmtruefalse
// => mmethodmfalsefalse
// => ggettergfalsefalse
// => ssettergfalsefalse
// => aaccessorafalsefalse
// => pmmethod#pmfalsetrue
// => sffieldsftruefalse
// => ffieldffalsefalse
// => pffield#pfalsetrue
// => cclassAundefinedundefined
// => initsmfunction
// => sfv
// => initsffunction
// => initcfunction
// => initmobject
// => initgobject
// => initsobject
// => initpmobject
// => fv
// => initfobject
// => initaobject
// => initpfobject
