// SPDX-License-Identifier: MIT
function fail() {
    null.x;
}
try {
    fail();
} catch (e) {
    const [, line, col] = /stack_positions\.js:(\d+):(\d+)/.exec(e.stack);
    console.log(col, /at fail /.test(e.stack)); // => 10 true
}
