class D extends Object { constructor(public a: any, ..._: any[]) { try { super(); } finally { console.log("f"); } } } console.log(JSON.stringify(new D(1)));
