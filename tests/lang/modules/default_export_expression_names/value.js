// SPDX-License-Identifier: MIT
let v = 'at export';
export default v;
v = 'later';
export const read = () => v;
