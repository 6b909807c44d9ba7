#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Writes rx_unicode.inc: the Unicode facts the regular-expression compiler needs (property sets, case classes, emoji sequences),
# from the Unicode Character Database under the directory given. Used only at build time; the output is not kept.
import os
import re
import sys

ucd, out_path = sys.argv[1], sys.argv[2]

BINARY = """ASCII_Hex_Digit:AHex Alphabetic:Alpha Bidi_Control:Bidi_C Bidi_Mirrored:Bidi_M Case_Ignorable:CI Cased
Changes_When_Casefolded:CWCF Changes_When_Casemapped:CWCM Changes_When_Lowercased:CWL Changes_When_NFKC_Casefolded:CWKCF
Changes_When_Titlecased:CWT Changes_When_Uppercased:CWU Dash Default_Ignorable_Code_Point:DI Deprecated:Dep Diacritic:Dia Emoji
Emoji_Component:EComp Emoji_Modifier:EMod Emoji_Modifier_Base:EBase Emoji_Presentation:EPres Extended_Pictographic:ExtPict
Extender:Ext Grapheme_Base:Gr_Base Grapheme_Extend:Gr_Ext Hex_Digit:Hex IDS_Binary_Operator:IDSB IDS_Trinary_Operator:IDST
ID_Continue:IDC ID_Start:IDS Ideographic:Ideo Join_Control:Join_C Logical_Order_Exception:LOE Lowercase:Lower Math
Noncharacter_Code_Point:NChar Pattern_Syntax:Pat_Syn Pattern_White_Space:Pat_WS Quotation_Mark:QMark Radical
Regional_Indicator:RI Sentence_Terminal:STerm Soft_Dotted:SD Terminal_Punctuation:Term Unified_Ideograph:UIdeo Uppercase:Upper
Variation_Selector:VS White_Space:space XID_Continue:XIDC XID_Start:XIDS""".split()
STRINGS = ['Basic_Emoji', 'Emoji_Keycap_Sequence', 'RGI_Modifier_Sequence', 'RGI_Flag_Sequence', 'RGI_Emoji_Modifier_Sequence',
           'RGI_Emoji_Flag_Sequence', 'RGI_Emoji_Tag_Sequence', 'RGI_Emoji_ZWJ_Sequence', 'RGI_Emoji']
STRINGS = [s for s in STRINGS if s not in ('RGI_Modifier_Sequence', 'RGI_Flag_Sequence')]


def rows(name):
    with open(f'{ucd}/{name}', encoding='utf-8') as f:
        for line in f:
            line = line.split('#')[0].strip()
            if line:
                yield [c.strip() for c in line.split(';')]


def span(text):
    a, _, b = text.partition('..')
    return int(a, 16), int(b or a, 16)


def ranges(points):
    out = []
    for c in sorted(points):
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return out


# Name, category, mirrored, simple uppercase of each assigned code point.
category = ['Cn'] * 0x110000
upper = {}
mirrored = set()
first = None
for r in rows('UnicodeData.txt'):
    c = int(r[0], 16)
    lo = c
    if r[1].endswith(', First>'):
        first = c
        continue
    if r[1].endswith(', Last>'):
        lo = first
    for k in range(lo, c + 1):
        category[k] = r[2]
    if r[9] == 'Y':
        mirrored.add(c)
    if r[12]:
        upper[c] = int(r[12], 16)
# Unicode 17.0's differences, when the installed database is older.
newer = []
if category[0x323B0] == 'Cn':
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../base/unicode17.txt'), encoding='utf-8') as f:
        newer = [[c.strip() for c in line.split(';')] for line in f if line[0] != '#']


def newer_rows(*kinds):
    for r in newer:
        if r[0] in kinds:
            a, b = span(r[1]) if r[0] not in ('script', 'seq') else (0, 0)
            yield r[0], range(a, b + 1), r


for _, points, r in newer_rows('gc'):
    for c in points:
        category[c] = r[2]
for _, points, r in newer_rows('case'):
    if int(r[2].split()[0], 16) != points[0]:
        upper[points[0]] = int(r[2].split()[0], 16)
# A full mapping to several characters means that Canonicalize leaves the character alone.
for r in rows('SpecialCasing.txt'):
    if len(r) < 5 or not r[4]:
        full = [int(x, 16) for x in r[3].split()]
        c = int(r[0], 16)
        if len(full) == 1:
            upper[c] = full[0]
        else:
            upper.pop(c, None)

props = {b.split(':')[0]: set() for b in BINARY}
for name in ('PropList.txt', 'DerivedCoreProperties.txt', 'DerivedNormalizationProps.txt', 'emoji/emoji-data.txt'):
    for r in rows(name):
        if r[1] in props and len(r) == 2:
            a, b = span(r[0])
            props[r[1]].update(range(a, b + 1))
props['Bidi_Mirrored'] = mirrored
for sign, points, r in newer_rows('+', '-'):
    if sign == '+':
        props[r[2]].update(points)
    else:
        props[r[2]].difference_update(points)
empty = [k for k, v in props.items() if not v]
assert not empty, empty

gc_names, script_names = {}, {}
for r in rows('PropertyValueAliases.txt'):
    if r[0] == 'gc':
        gc_names[r[1]] = r[1:]
    elif r[0] == 'sc':
        script_names[r[2]] = r[1:]
for _, _, r in newer_rows('script'):
    script_names[r[1]] = [r[2], r[1]]
short_script = {v[0]: k for k, v in script_names.items()}
script = {}
owner = {}
for r in rows('Scripts.txt'):
    a, b = span(r[0])
    script.setdefault(r[1], set()).update(range(a, b + 1))
    for c in range(a, b + 1):
        owner[c] = r[1]
for _, points, r in newer_rows('sc'):
    for c in points:
        if c in owner:
            script[owner[c]].discard(c)
        owner[c] = r[2]
        script.setdefault(r[2], set()).add(c)
extension = {k: set(v) for k, v in script.items()}
listed = {}
for r in rows('ScriptExtensions.txt'):
    a, b = span(r[0])
    listed.update((c, r[1]) for c in range(a, b + 1))
for _, points, r in newer_rows('scx'):
    for c in points:
        listed.pop(c, None)
        if r[2] != '-':
            listed[c] = r[2]
for c, scripts in listed.items():
    extension[owner[c]].discard(c)
    for s in scripts.split():
        extension.setdefault(short_script[s], set()).add(c)
for special in ('Katakana_Or_Hiragana',):
    script_names.pop(special, None)
# Every other code point has the script Unknown.
everything = set(range(0x110000))
script['Unknown'] = extension['Unknown'] = everything - set(owner)

data = bytearray()
sets = []  # offsets into data
known = {}


def varint(n, to):
    while n >= 0x80:
        to.append(n & 0x7F | 0x80)
        n >>= 7
    to.append(n)


def add_set(points):
    key = tuple(map(tuple, ranges(points)))
    if key not in known:
        known[key] = len(sets)
        sets.append(len(data))
        varint(len(key), data)
        at = 0
        for a, b in key:
            varint(a - at, data)
            varint(b - a, data)
            at = b + 1
    return known[key]


names = []  # (kind, name, set or mask)
cats = sorted(k for k in gc_names if len(k) == 2 and k != 'LC')
by_cat = {k: set() for k in cats}
for c, g in enumerate(category):
    by_cat[g].add(c)
for g in cats:
    add_set(by_cat[g])
assert [known[tuple(map(tuple, ranges(by_cat[g])))] for g in cats] == list(range(len(cats)))
for g, aliases in gc_names.items():
    members = ['Lu', 'Ll', 'Lt'] if g == 'LC' else [k for k in cats if k.startswith(g)]
    mask = sum(1 << cats.index(m) for m in members)
    for a in sorted(set(aliases)):
        names.append(('RX_PROP_CATEGORY', a, mask))
for full, aliases in script_names.items():
    if full in script:
        for a in sorted(set(aliases)):
            names.append(('RX_PROP_SCRIPT', a, add_set(script[full])))
            names.append(('RX_PROP_EXTENSION', a, add_set(extension[full])))
for b in BINARY:
    for a in b.split(':'):
        names.append(('RX_PROP_BINARY', a, add_set(props[b.split(':')[0]])))
names.append(('RX_PROP_BINARY', 'Any', add_set(everything)))
names.append(('RX_PROP_BINARY', 'ASCII', add_set(range(128))))
names.append(('RX_PROP_BINARY', 'Assigned', add_set(everything - by_cat['Cn'])))

strings = {s: [] for s in STRINGS}
for name in ('emoji/emoji-sequences.txt', 'emoji/emoji-zwj-sequences.txt'):
    for r in rows(name):
        if '..' in r[0]:
            a, b = span(r[0])
            seqs = [[c] for c in range(a, b + 1)]
        else:
            seqs = [[int(x, 16) for x in r[0].split()]]
        strings[r[1]] += seqs
        strings['RGI_Emoji'] += seqs
for r in newer:
    if r[0] == 'seq':
        seq = [int(x, 16) for x in r[1].split()]
        strings[r[2]].append(seq)
        strings['RGI_Emoji'].append(seq)
string_data = bytearray()
for s in STRINGS:
    assert strings[s], s
    names.append(('RX_PROP_STRINGS', s, len(string_data)))
    varint(len(strings[s]), string_data)
    for seq in sorted(strings[s]):
        varint(len(seq), string_data)
        for c in seq:
            varint(c, string_data)


def case_classes(canon):
    classes = {}
    for c, to in canon.items():
        if c != to:
            classes.setdefault(to, {to}).add(c)
    for to in classes:
        assert canon.get(to, to) == to, hex(to)
    return classes


fold = {}
for r in rows('CaseFolding.txt'):
    if r[1] in 'CS':
        fold[int(r[0], 16)] = int(r[2], 16)
# Unicode 15.1 gave these full foldings a simple one; no other version changed an existing character's.
fold.update({0x1FD3: 0x390, 0x1FE3: 0x3B0, 0xFB05: 0xFB06})
fold.update((points[0], int(r[2], 16)) for _, points, r in newer_rows('fold'))
legacy = {c: u for c, u in upper.items() if c < 0x10000 and not (c >= 128 and u < 128)}

out = ['// Generated by format/regexp/gen_unicode.py from the Unicode Character Database.']


def emit(kind, name, values):
    out.append(f'static const {kind} {name}[{len(values)}] = {{')
    line = ''
    for v in values:
        t = f'{v},'
        if len(line) + len(t) > 108:
            out.append(line)
            line = ''
        line += t
    out.append(line)
    out.append('};')


def emit_case(name, classes):
    members, entries = [], []
    starts = [0]
    for i, (to, cs) in enumerate(sorted(classes.items())):
        ordered = [to] + sorted(cs - {to})
        members += ordered
        entries += [(c, i) for c in ordered]
        starts.append(len(members))
    entries.sort()
    emit('u32', f'rx_case_{name}_members', members)
    emit('u16', f'rx_case_{name}_starts', starts)
    emit('u32', f'rx_case_{name}_chars', [c for c, _ in entries])
    emit('u16', f'rx_case_{name}_class', [i for _, i in entries])


emit('u8', 'rx_prop_data', data)
emit('u32', 'rx_prop_sets', sets)
emit('u8', 'rx_string_data', string_data)
emit_case('fold', case_classes(fold))
emit_case('upper', case_classes(legacy))
names.sort(key=lambda n: (n[0], n[1]))
order = ['RX_PROP_CATEGORY', 'RX_PROP_SCRIPT', 'RX_PROP_EXTENSION', 'RX_PROP_BINARY', 'RX_PROP_STRINGS']
out.append('static const RxPropName rx_prop_names[] = {')
for kind, name, value in names:
    assert re.fullmatch(r'\w+', name)
    out.append(f'{{"{name}", {kind}, {value}u}},')
out.append('};')
with open(out_path, 'w') as f:
    f.write('\n'.join(out) + '\n')
