// SPDX-License-Identifier: MIT
function f() {
    return f.extra;
}
namespace f {
    export const extra = 'extra';
}
class K {
    static a = 1;
}
namespace K {
    export const b = K.a + 1;
}
enum E {
    A = 1,
}
namespace E {
    export const parse = (s: string) => E[s as keyof typeof E];
}
console.log(f(), K.b, E.parse('A'));

// => extra 2 1
