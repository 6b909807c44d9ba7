// SPDX-License-Identifier: MIT
const { proxy, revoke } = Proxy.revocable({ a: 1 }, {});
console.log(proxy.a); // => 1
revoke();
try {
    proxy.a;
} catch (e) {
    console.log(e.message); // => Cannot perform 'get' on a proxy that has been revoked
}
