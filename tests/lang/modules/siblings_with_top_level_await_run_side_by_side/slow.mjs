// SPDX-License-Identifier: MIT
import { log } from './log.mjs';
log.push('slow 1');
await 0;
log.push('slow 2');
await 0;
log.push('slow 3');
