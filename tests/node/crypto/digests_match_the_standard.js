// SPDX-License-Identifier: MIT
import { createHash, createHmac } from 'node:crypto';
console.log(createHash('md5').update('abc').digest('hex')); // => 900150983cd24fb0d6963f7d28e17f72
console.log(createHash('sha1').update('abc').digest('hex')); // => a9993e364706816aba3e25717850c26c9cd0d89d
console.log(createHash('sha256').update('abc').digest('hex').slice(0, 16)); // => ba7816bf8f01cfea
console.log(createHash('sha512').update('abc').digest('hex').slice(0, 16)); // => ddaf35a193617aba
console.log(createHmac('sha256', 'key').update('x').digest('hex').length); // => 64
