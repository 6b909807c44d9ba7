// @target: es2021
class B { hi() { return "B.hi"; } static sh() { return "B.sh"; } }
class D extends B { f = () => super.hi() + this.k; k = "!"; static g = () => super.sh(); override hi() { return "D.hi"; } static s = super.sh(); }
console.log(new D().f(), D.g(), D.s);
