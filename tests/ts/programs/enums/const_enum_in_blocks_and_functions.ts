function f(n: number) {
    const enum Local { A = 1, B = 2 }
    if (n) {
        const enum Local { A = "inner", B = "other" }
        return Local.A;
    }
    return Local.B;
}
console.log(f(0), f(1));
