// SPDX-License-Identifier: MIT
const log = [];
{
    await using a = { async [Symbol.asyncDispose]() { await null; log.push('disposed'); } };
    log.push('body');
}
log.push('after');
console.log(log.join()); // => body,disposed,after
