// SPDX-License-Identifier: MIT
export const words = text => text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];

export const slug = text =>
    text
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '');

export const camel = text =>
    words(text)
        .map((w, i) => (i ? w[0].toUpperCase() + w.slice(1).toLowerCase() : w.toLowerCase()))
        .join('');

export const snake = text => words(text).map(w => w.toLowerCase()).join('_');

export function wrap(text, width) {
    const lines = [];
    let line = '';
    for (const word of text.split(/\s+/)) {
        if (line && line.length + 1 + word.length > width) {
            lines.push(line);
            line = word;
        } else {
            line = line ? `${line} ${word}` : word;
        }
    }
    if (line) lines.push(line);
    return lines;
}

export const fill = (template, values) =>
    template.replace(/\{\{\s*(?<path>[\w.]+)\s*(?:\|\s*(?<fallback>[^}]*?)\s*)?\}\}/g, (...args) => {
        const { path, fallback } = args.at(-1);
        const found = path.split('.').reduce((v, k) => v?.[k], values);
        return String(found ?? fallback ?? '');
    });

export function table(rows) {
    const widths = rows[0].map((_, i) => Math.max(...rows.map(r => String(r[i]).length)));
    return rows
        .map(r => r.map((c, i) => (typeof c === 'number' ? String(c).padStart(widths[i]) : c.padEnd(widths[i]))).join(' | '))
        .join('\n');
}

export function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++)
            next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        row = next;
    }
    return row[b.length];
}
