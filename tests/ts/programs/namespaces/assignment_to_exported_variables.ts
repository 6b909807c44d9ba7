namespace N {
    export let n = 0, m: number | undefined, o = { k: 1 };
    n++; ++n; n += 5; m ??= 4; m ||= 9; o.k *= 7; n **= 2;
    export let list: number[] = [];
    [n, m] = [m!, n];
    ({ k: n } = o);
    for (n of [1, 2, 3]) list.push(n);
    for (m = 0; m < 2; m++) list.push(m);
    export let deleted = typeof n;
}
console.log(JSON.stringify(N));
