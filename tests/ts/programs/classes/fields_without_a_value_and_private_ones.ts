// @useDefineForClassFields: false
class A { a; static b; ["c"]; "d"; 5; #e; static #f; g = void 0; static m() { return [#e in new A(), this.#f]; } } console.log(Object.keys(new A()).join(), Object.keys(A).join(), A.m().join());
