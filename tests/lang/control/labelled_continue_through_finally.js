// SPDX-License-Identifier: MIT
const log = [];
outer: for (let i = 0; i < 2; i++) {
    for (let j = 0; j < 2; j++) {
        try {
            try {
                continue outer;
            } finally {
                log.push('a' + i);
            }
        } finally {
            log.push('b' + i);
        }
    }
}
console.log(log.join()); // => a0,b0,a1,b1
