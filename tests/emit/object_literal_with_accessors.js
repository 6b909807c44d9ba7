export const f = (k, o) => ({ a: 1, [k]: 2, get b() { return 3; }, set b(v) {}, m() {}, ...o });
