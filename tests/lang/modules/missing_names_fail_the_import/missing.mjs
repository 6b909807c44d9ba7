// SPDX-License-Identifier: MIT
import { nothing } from './one.mjs';
