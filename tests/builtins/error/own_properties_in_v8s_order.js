// SPDX-License-Identifier: MIT
console.log(Object.getOwnPropertyNames(new Error('m', { cause: 1 })).join(), Object.getOwnPropertyNames(new Error()).join()); // expect: stack,message,cause stack
console.log(Object.getOwnPropertyNames(new AggregateError([1], 'm')).join(), Object.keys(new Error('m')).length); // expect: stack,message,errors 0
const d = Object.getOwnPropertyDescriptor(new Error('m'), 'stack');
console.log(d.writable, d.enumerable, d.configurable, typeof d.value); // expect: true false true string
