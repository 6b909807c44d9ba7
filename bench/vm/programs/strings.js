// SPDX-License-Identifier: MIT
// Strings: building, charCodeAt, slicing, split and join, search, replace, case, templates, comparison.
const print = globalThis.console ? console.log : globalThis.print;

let built = '';
for (let i = 0; i < 1200000; i++) built += String.fromCharCode(97 + (i % 26));
let hash = 0;
for (let i = 0; i < built.length; i++) hash = (Math.imul(hash, 31) + built.charCodeAt(i)) | 0;

const words = 'the quick brown fox jumps over the lazy dog and runs away'.split(' ');
let text = [];
for (let i = 0; i < 100000; i++) text.push(words[(i * 7) % words.length]);
const joined = text.join(' ');
let count = 0;
for (let at = joined.indexOf('fox'); at >= 0; at = joined.indexOf('fox', at + 1)) count++;
for (const w of joined.split(' ')) if (w.startsWith('l') || w.endsWith('s') || w.includes('row')) count += w.length;

let titles = 0;
for (let i = 0; i < 300000; i++) {
    const w = words[i % words.length];
    const title = w[0].toUpperCase() + w.slice(1).toLowerCase();
    const line = `${title}-${i}: ${w.padStart(8, '.')}${'*'.repeat(i % 4)}`;
    titles += line.length + line.lastIndexOf(':') + (line.trim() < 'Lazy' ? 1 : 0);
}

const isPalindrome = s => s === s.split('').reverse().join('');
let palindromes = 0;
for (let i = 0; i < 200000; i++) if (isPalindrome(String(i))) palindromes++;
let chars = 0;
for (const c of joined.slice(0, 300000)) if (c === 'o') chars++;
const replaced = joined.replaceAll('the', 'THE').replace('quick', 'slow');
print('strings', hash, count, titles, palindromes, chars, replaced.length, built.substring(100, 110), 'naïve ✓'.length);
