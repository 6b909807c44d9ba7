// SPDX-License-Identifier: MIT
export { origin as middle, setOrigin } from './three.js';
