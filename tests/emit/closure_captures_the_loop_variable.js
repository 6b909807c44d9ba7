export function f() {
    const all = [];
    for (let i = 0; i < 3; i++) all.push(() => i);
    return all;
}
