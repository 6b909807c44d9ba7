// SPDX-License-Identifier: MIT
export default function () {
    return 'called';
}
