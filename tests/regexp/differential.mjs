// SPDX-License-Identifier: MIT
// Random patterns and subjects, matched by this engine (rx_tool --batch) and by the JavaScript engine that runs this script.
//   node tests/regexp/differential.mjs RX_TOOL [cases] [seed] [mode]
// mode: mix (default), syntax (mostly malformed patterns). Prints each difference; exit status 1 when there was one.
import { spawnSync } from 'node:child_process';

const [tool, count = '20000', seedText = '1', mode = 'mix'] = process.argv.slice(2);
let state = Number(seedText) * 2654435761 >>> 0 || 1;
function random(n) {
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state % n;
}
const pick = (list) => list[random(list.length)];

function supports(pattern, flags = '') {
    try { new RegExp(pattern, flags); return true; } catch { return false; }
}
const hasModifiers = supports('(?i:a)'), hasDuplicates = supports('(?<a>)|(?<a>)');

const letters = ['a', 'b', 'c', 'A', 'B', 'k', 's', 'K', 'S', '0', '1', '_', ' ', '-', 'x'];
const odd = ['\u017f', '\u212a', '\u00e9', '\u00c9', '\u00df', '\u1e9e', '\u03c3', '\u03c2', '\u03a3', '\u{1f600}', '\u{10400}', '\u{10428}',
    '\ud83d', '\ude00', '\n', '\r', '\u2028', '\u0130', '\u0131', '\u00b5', '\u03bc', '\u00ff', '\u0178', '\u1c80', '\u0432'];
const char = () => random(6) ? pick(letters) : pick(odd);

function subject() {
    let s = '';
    for (let n = random(14); n > 0; n--) s += random(4) ? pick(['a', 'b', 'c', 'A']) : char();
    if (random(8) === 0) s = s.repeat(1 + random(4));
    return s;
}

const escapes = ['\\d', '\\D', '\\w', '\\W', '\\s', '\\S'];
const properties = ['\\p{L}', '\\P{L}', '\\p{Lu}', '\\P{Lu}', '\\p{Ll}', '\\p{Script=Greek}', '\\p{scx=Cyrl}', '\\p{ASCII}', '\\P{ASCII}',
    '\\p{Emoji}', '\\p{Any}', '\\p{Alphabetic}', '\\p{ID_Start}', '\\p{White_Space}', '\\p{Uppercase}', '\\P{Lowercase}'];
const strings = ['\\p{RGI_Emoji}', '\\p{Emoji_Keycap_Sequence}', '\\q{ab|a|bc}', '\\q{|a|abc}', '\\q{AB|k}', '\\q{b}'];

function literal(ctx) {
    const c = char();
    if (ctx.u && /^[\^$\\.*+?()[\]{}|/]$/.test(c)) return '\\' + c;
    if (random(20) === 0 && c.length === 1) return pick(['\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'),
        c.charCodeAt(0) < 256 ? '\\x' + c.charCodeAt(0).toString(16).padStart(2, '0') : c]);
    if (ctx.u && random(30) === 0) return `\\u{${c.codePointAt(0).toString(16)}}`;
    return c;
}

function classText(ctx, depth) {
    let out = '[' + (random(3) ? '' : '^');
    if (ctx.v && random(2)) {
        const op = pick(['', '', '--', '&&']);
        const n = 1 + random(3);
        const parts = [];
        for (let i = 0; i < n; i++) {
            const k = random(6);
            if (k === 0 && depth < 3) parts.push(classText(ctx, depth + 1));
            else if (k === 1) parts.push(pick(strings));
            else if (k === 2) parts.push(pick(properties));
            else if (k === 3 && op === '') parts.push(pick(['a-c', 'A-Z', '0-9']));
            else if (k === 4) parts.push(pick(escapes));
            else parts.push(pick(['a', 'b', 'c', 'A', 'k', '\u017f', '\u{1f600}', '\\-', '_']));
        }
        return out + parts.join(op) + ']';
    }
    for (let n = random(4); n >= 0; n--) {
        switch (random(7)) {
        case 0: out += pick(escapes); break;
        case 1: out += ctx.u ? pick(properties) : pick(['\\b', '\\cA', '\\c', '\\0', '\\12', '-']); break;
        case 2: out += pick(['a-c', 'A-C', '0-9', 'a-z', 'A-z', '\\u0100-\\uffff', '\u00e0-\u00ff', '\\ud800-\\udfff']); break;
        case 3: if (!ctx.v) { out += pick(['-', 'a-', '.']); break; } // falls through
        default: { const c = char(); out += ctx.v && /[-()[\]{}/|&]/.test(c) ? '\\' + c : c; }
        }
    }
    return out + ']';
}

function atom(ctx, depth) {
    const k = random(depth > 3 ? 8 : 16);
    if (k < 4) return literal(ctx);
    if (k === 4) return '.';
    if (k === 5) return classText(ctx, 0);
    if (k === 6) return ctx.u && random(2) ? pick(properties) : pick(escapes);
    if (k === 7) {
        if (ctx.v && random(4) === 0) return '\\p{RGI_Emoji}';
        if (ctx.named.length && random(2)) return `\\k<${pick(ctx.named)}>`;
        return ctx.groups || !ctx.u ? '\\' + (1 + random(ctx.groups + 1)) : literal(ctx);
    }
    if (k < 11) {
        ctx.groups++;
        if (random(6) === 0) {
            // Not nested in a group of its own name: some engines overlook that error.
            const free = hasDuplicates ? ['n', 'm', 'o'].filter((n) => !ctx.open.includes(n)) : ['n' + ctx.groups];
            if (free.length) {
                const name = pick(free);
                ctx.named.push(name);
                ctx.open.push(name);
                const text = `(?<${name}>${disjunction(ctx, depth + 1)})`;
                ctx.open.pop();
                return text;
            }
        }
        return `(${disjunction(ctx, depth + 1)})`;
    }
    if (k < 13) return `(?:${disjunction(ctx, depth + 1)})`;
    if (k === 13 && hasModifiers && !ctx.u && random(2)) { // with u or v the modifiers of one group leak in some engines
        return `(?${pick(['i', '-i', 's', '-s', 'm', 'im', 'i-s', '-im', 's-i', 'ims'])}:${disjunction(ctx, depth + 1)})`;
    }
    const look = pick(['(?=', '(?!', '(?<=', '(?<!']);
    const text = look + disjunction(ctx, depth + 1) + ')';
    return ctx.u || look.includes('<') ? { text } : text;
}

function quantifier() {
    const q = pick(['*', '+', '?', '{2}', '{0,2}', '{1,3}', '{2,}', '{0}', '{1}', '{0,1}', '{3,5}']);
    return random(3) ? q : q + '?';
}

function term(ctx, depth) {
    const k = random(12);
    if (k === 0) return pick(['^', '$', '\\b', '\\B']);
    let a = atom(ctx, depth);
    if (typeof a !== 'string') return a.text;
    return random(3) === 0 ? a + quantifier() : a;
}

function disjunction(ctx, depth) {
    let out = '';
    for (let n = random(depth ? 3 : 5) + (depth ? 0 : 1); n > 0; n--) out += term(ctx, depth);
    if (random(4) === 0) out += '|' + disjunction(ctx, depth + 1);
    return out;
}

const junk = ['(', ')', '[', ']', '{', '}', '*', '+', '?', '|', '^', '$', '.', '\\', '-', ':', '=', '!', '<', '>', '&', '&&', '--', '\\k', '\\k<', '\\p{',
    '\\u', '\\u{', '\\x', '\\c', '\\1', '\\0', '\\8', '(?', '(?:', '(?<', '(?<a>', '(?=', '(?<=', '{1', '{1,', '{1,2}', '{2,1}', ',', '1', '[^', '\\d',
    'a-', '\\q{', '(?i', '(?i:', '(?-i', '(?i-i:', '(?ii:', '(?-:', '\\B', '\\b', '\\-', '\\/', '\u{1f600}', '\\p{L}', '\\P{Lu}', '=L}', 'Script=', '~', '~~', '/', '_', '\\_', '\\k<a>'];

function makeCase() {
    let flags = '';
    for (const f of 'ims') if (random(3) === 0) flags += f;
    const uni = random(4);
    if (uni === 0) flags += 'u';
    if (uni === 1) flags += 'v';
    flags += random(6) ? 'g' : 'y';
    const ctx = { u: uni < 2, v: uni === 1, groups: 0, named: [], open: [] };
    let pattern = '';
    if (mode === 'syntax' || random(20) === 0) {
        for (let n = 1 + random(6); n > 0; n--) pattern += random(3) ? pick(junk) : char();
    } else {
        pattern = disjunction(ctx, 0);
        if (random(15) === 0) {
            const at = random(pattern.length + 1);
            pattern = pattern.slice(0, at) + pick(junk) + pattern.slice(at + random(2));
        }
    }
    const text = subject();
    return { pattern, flags, text, lastIndex: random(4) ? 0 : random(text.length + 1) };
}

function expected(c) {
    let re;
    try {
        re = new RegExp(c.pattern, c.flags + 'd');
    } catch (e) {
        const prefix = `Invalid regular expression: /${c.pattern || '(?:)'}/${re2(c.flags + 'd')}: `;
        return 'E ' + (e.message.startsWith(prefix) ? e.message.slice(prefix.length) : e.message);
    }
    re.lastIndex = c.lastIndex;
    const m = re.exec(c.text);
    if (!m) return 'N';
    return 'M ' + m.indices.map((p) => p ? `${p[0]},${p[1]}` : 'x').join(' ');
}
const re2 = (flags) => [...flags].sort().join('');

// Known departures of the reference engine, not of this one.
function excused(c, want, got) {
    // Without modifiers every (?i is refused early.
    if (!hasModifiers && want === 'E Invalid group' && /\(\?[-ims]/.test(c.pattern)) return true;
    // A limit was reached; exponential patterns are nobody's difference.
    if (got === 'L') return true;
    // Nested groups of one name, which some engines accept.
    if ((hasDuplicates || want.startsWith('E')) && got === 'E Duplicate capture group name') return true;
    if (want.endsWith('Invalid decimal escape') && got.endsWith('Invalid class escape')) return true;
    // Alternatives of classes under an i modifier, and an empty string beside a letter in \\q under v and i, are matched wrongly by some.
    if (hasModifiers && /\(\?[ims-]*i/.test(c.pattern) && /\[[^]*\||\|[^]*\[/.test(c.pattern)) return true;
    if (/v/.test(c.flags) && /i/.test(c.flags) && c.pattern.includes('\\q{|')) return true;
    // An empty match inside a surrogate pair under u or v.
    const at = Number(/^M (\d+)/.exec(want)?.[1]);
    if (/[uv]/.test(c.flags) && at > 0 && /[\udc00-\udfff]/.test(c.text[at] ?? '') && /[\ud800-\udbff]/.test(c.text[at - 1])) return true;
    // \P and negated classes under v and i: older engines complement before folding.
    return !hasModifiers && c.flags.includes('v') && c.flags.includes('i') && /\\[PDSW]|\[\^/.test(c.pattern) && !want.startsWith('E');
}

const hex = (s) => s === '' ? '-' : Array.from({ length: s.length }, (_, i) => s.charCodeAt(i).toString(16).padStart(4, '0')).join('');

let differing = 0, done = 0;
while (done < Number(count)) {
    const cases = [];
    for (let i = 0; i < 2000 && done + i < Number(count); i++) cases.push(makeCase());
    const lines = cases.map((c) => `${hex(c.pattern)} ${hex(c.flags)} ${hex(c.text)} ${c.lastIndex}`);
    const run = spawnSync(tool, ['--batch'], { input: lines.join('\n') + '\n', encoding: 'utf8', maxBuffer: 1 << 28 });
    const got = run.stdout.split('\n');
    if (run.status !== 0) {
        console.log(`rx_tool died (${run.status ?? run.signal}) at ${JSON.stringify(cases[got.length - 1])}\n${run.stderr}`);
        process.exit(1);
    }
    cases.forEach((c, i) => {
        const want = expected(c);
        if (want === got[i] || excused(c, want, got[i])) return;
        if (++differing <= 40) console.log(`/${c.pattern}/${c.flags} on ${JSON.stringify(c.text)} at ${c.lastIndex}: node ${want}, here ${got[i]}   ${JSON.stringify(c.pattern)}`);
    });
    done += cases.length;
}
console.log(`${done} cases, ${differing} differ`);
process.exit(differing ? 1 : 0);
