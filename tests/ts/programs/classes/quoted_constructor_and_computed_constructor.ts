class A { "constructor"() { } ; static "prototype2" = 1; } class B { ["constructor"]() { return 5; } } console.log(Object.getOwnPropertyNames(A.prototype).join(), (new B() as any).constructor());
