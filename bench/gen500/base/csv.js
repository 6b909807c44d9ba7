// SPDX-License-Identifier: MIT
export function parseCsv(text) {
    const rows = [];
    let row = [];
    let field = '';
    let quoted = false;
    for (let i = 0; i < text.length; i++) {
        const c = text[i];
        if (quoted) {
            if (c !== '"') field += c;
            else if (text[i + 1] === '"') field += text[++i];
            else quoted = false;
        } else if (c === '"') quoted = true;
        else if (c === ',') {
            row.push(field);
            field = '';
        } else if (c === '\n') {
            rows.push([...row, field]);
            row = [];
            field = '';
        } else field += c;
    }
    if (field || row.length) rows.push([...row, field]);
    return rows;
}

export const records = text => {
    const [head, ...rows] = parseCsv(text);
    return rows.map(r => Object.fromEntries(head.map((name, i) => [name, r[i]])));
};

const quote = v => (/[",\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
export const formatCsv = rows => rows.map(r => r.map(v => quote(String(v))).join(',')).join('\n');

export const revive = text =>
    JSON.parse(text, (key, value) =>
        typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? new Date(value) : value,
    );
