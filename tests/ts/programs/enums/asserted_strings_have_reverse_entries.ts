enum F { A = "a" as const, B = <const>"b", C = ("c"), D = `d` as any } console.log(JSON.stringify(F));
