// SPDX-License-Identifier: MIT
const log = [];
const t = x => (log.push(x), x);
const r = t(0) || t('') || t('yes') || t('never');
const s = t(1) && t(null) && t('never');
const u = t(undefined) ?? t(0) ?? t('never');
console.log(r, s, u, log.length, false ? 1 : true ? 2 : 3); // => yes null 0 7 2
