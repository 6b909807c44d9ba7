// SPDX-License-Identifier: MIT
test('nothing', () => {});
