// @experimentalDecorators: true
let original: any;
const r = (K: any): any => { original = K; return class { static tag = "new"; }; };
@r class C { static tag = "old"; static read() { return C.tag; } static f = () => C.tag; }
console.log(original.read(), original.f(), C.tag);
