// @target: es2020
class D extends Array<number> { extra = this.length; constructor(public tag: string) { super(3); } } const d = new D("t"); console.log(d.extra, d.tag, d.length);
