export function f(n) {
    outer: while (n--) {
        for (;;) {
            try { continue outer; } finally { n--; }
        }
    }
}
