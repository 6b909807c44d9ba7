// SPDX-License-Identifier: MIT
// Regular expressions: exec loops, replace with groups and functions, split, alternation, classes, lookahead, sticky.
const print = globalThis.console ? console.log : globalThis.print;

const lines = [];
for (let i = 0; i < 25000; i++)
    lines.push(`2024-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')} [${['INFO', 'WARN', 'ERROR'][i % 3]}] user${i % 50}@example${i % 7}.com took ${i * 13 % 977}ms "GET /items/${i}?q=${i % 9}"`);
const log = lines.join('\n');

let check = 0;
const entry = /^(?<date>\d{4}-\d\d-\d\d) \[(?<level>[A-Z]+)\] (\S+)@(\w+)\.com took (\d+)ms/gm;
for (let m; (m = entry.exec(log)); ) {
    if (m.groups.level !== 'INFO') check += Number(m[5]);
    check += m[3].length + m.groups.date.charCodeAt(6);
}
for (const m of log.matchAll(/\/items\/(\d+)\?q=([0-4])(?!\d)/g)) check += Number(m[1]) % 7;
const swapped = log.replace(/(\d{4})-(\d\d)-(\d\d)/g, '$3.$2.$1');
const upper = log.replace(/\b(user|example)(\d+)\b/g, (_, word, n) => word.toUpperCase() + (Number(n) + 1));
check += swapped.length + upper.length;
check += log.split(/[\s,;:]+/).length;
for (const l of lines) {
    if (/error/i.test(l)) check++;
    if (/^(?:[^t]|t(?!ook))*took (?:[1-9]\d?|1\d\d)ms/.test(l)) check += 2;
    check += (l.match(/[aeiou]+/g) ?? []).length;
}
const token = /\s*(?:(\d+)|([a-z]+)|(.))/y;
const source = 'let x = 10 + y * (z - 42); '.repeat(10000);
let tokens = 0;
for (token.lastIndex = 0; token.exec(source); ) tokens++;
print('regexp', check, tokens, swapped.slice(0, 10));
