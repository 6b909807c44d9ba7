// SPDX-License-Identifier: MIT
export function createRandom(seed) {
    let state = seed >>> 0;
    const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
    return {
        int: below => Math.floor((next() / 4294967296) * below),
        pick(list) {
            return list[this.int(list.length)];
        },
        shuffle(list) {
            const out = [...list];
            for (let i = out.length - 1; i > 0; i--) {
                const j = this.int(i + 1);
                [out[i], out[j]] = [out[j], out[i]];
            }
            return out;
        },
    };
}
