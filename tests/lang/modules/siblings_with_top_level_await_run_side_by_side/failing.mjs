// SPDX-License-Identifier: MIT
await 0;
throw new Error('late');
