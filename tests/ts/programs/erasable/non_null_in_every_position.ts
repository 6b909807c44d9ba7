const o: any = { a: { b: (x: any) => x }, n: [1] };
console.log(o!.a!.b!(1)!, o!["a"]!["b"]!(2), o.n![0]!, o!.n!.length!, !o!, o!?.a!.b!(3), (o!), new (o!.k ?? Date)() instanceof Date, `${o!.n!}`);
let z = 1; z!++; ++z!; z! += 2; [z!] = [z! * 2];
console.log(z);
