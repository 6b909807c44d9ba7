// SPDX-License-Identifier: MIT
const p = new Proxy(function () {}, {
    apply: (t, self, args) => 'applied ' + args.join(),
    construct: (t, args, nt) => ({ args: args.join(), same: nt === p }),
});
const made = new p(1, 2);
console.log(p(3, 4), made.args, made.same, p.call(null, 5), typeof p); // => applied 3,4 1,2 true applied 5 function
