export function f(x) {
    switch (x) {
        case 1:
        case 2: return "few";
        default: x++;
        case 3: return x;
    }
}
