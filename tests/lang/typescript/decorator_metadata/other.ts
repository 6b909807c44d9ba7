// SPDX-License-Identifier: MIT
export class Other {}
export interface Shape {}
