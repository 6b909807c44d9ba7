// SPDX-License-Identifier: MIT
import { log } from './log.mjs';
log.push('quick 1');
await 0;
log.push('quick 2');
