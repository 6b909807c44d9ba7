// SPDX-License-Identifier: MIT
function f() {
    try {
        return 'try';
    } finally {
        return 'finally';
    }
}
function g() {
    try {
        throw new Error('lost');
    } finally {
        return 'kept';
    }
}
console.log(f(), g()); // => finally kept
