export function f(list) {
    const [first, , third = 3, ...others] = list;
    return first + third + others.length;
}
