// SPDX-License-Identifier: MIT
const f = new FormData();
f.append('n', 'v');
f.append('f', new File(['hello'], 'h.txt', { type: 'text/plain' }));
const back = await new Request('http://x/', { method: 'POST', body: f }).formData();
console.log(back.get('n'), back.get('f').name, await back.get('f').text()); // => v h.txt hello
