// SPDX-License-Identifier: MIT
import { log } from './log.mjs';
import './quick.mjs';
log.push('waits');
