// SPDX-License-Identifier: MIT
import { value } from './both.mjs';
