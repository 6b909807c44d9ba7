// SPDX-License-Identifier: MIT
console.log(Buffer.from('héllo').toString('hex'), Buffer.from('68c3a9', 'hex').toString()); // => 68c3a96c6c6f hé
console.log(Buffer.from('hi').toString('base64url'), Buffer.concat([Buffer.from('a'), Buffer.from([98])]).toString()); // => aGk ab
