// SPDX-License-Identifier: MIT
export default class {
    v = 7;
}
