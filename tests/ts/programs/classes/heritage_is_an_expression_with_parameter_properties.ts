class A extends (class { constructor(readonly q: string) {} }) { constructor(public w: number) { super("q"); } } console.log(JSON.stringify(new A(1)));
