// SPDX-License-Identifier: MIT
export { middle as final, setOrigin as setFinal } from './two.js';
