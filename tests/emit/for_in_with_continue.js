export function f(o) {
    let n = 0;
    for (const k in o) {
        if (k === "a") continue;
        n++;
    }
    return n;
}
