interface I<T> { v: T } interface J {}
class Base<T> { constructor(readonly v: T) {} }
class C<T extends string = "x"> extends Base<T> implements I<T>, J { static make<U extends string>(u: U) { return new C<U>(u); } }
function mixin<T extends new (...a: any[]) => object>(B: T) { return class extends B { mixed = true; }; }
class M extends mixin(Base<number>) {}
console.log(C.make("q").v, JSON.stringify(new M(3)));
