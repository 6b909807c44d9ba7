export function sign(n) {
    if (n < 0) return -1;
    else if (n === 0 || n !== n) return n;
    return 1;
}
