// SPDX-License-Identifier: MIT
function f(n) {
    switch (n) {
        case 0:
            let x = 'zero';
            return x;
        case 1:
            x = 'never';
    }
}
console.log(f(0)); // => zero
try {
    f(1);
} catch (e) {
    console.log(e.message); // => Cannot access 'x' before initialization
}
