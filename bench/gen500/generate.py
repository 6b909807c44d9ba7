#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the 500-test project: 50 test files of 10 tests over a shared tree of 60 modules, half TypeScript, half JavaScript.

usage: generate.py OUT_DIR [--files N]          (default 50; N > 50 makes a larger project of the same kind)

The same arguments give the same bytes. The project runs unchanged under `dx test`, `bun test`, Vitest and Jest; see README.md.
Owns: the domain modules (src/domain), the choice of tests, snapshots and configuration. The base modules are the files in base/;
what a test says is in test_kinds.py.
"""
import os
import random
import shutil
import sys

import test_kinds
from model import DOMAINS, Domain, fmt

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS_PER_FILE = 10

DOMAIN_MODULE = '''\
import {{ createRandom }} from '../base/random.js';
import {{ groupBy, sortBy, sum }} from '../base/collections.js';
import {{ ok, err{t:, type Result} }} from '../base/result';
{imports}
{t:export interface {T} {
    id: string;
    kind: string;
    quantity: number;
    price: number;
    active: boolean;
    tags: string[];
}

export enum {T}State {
    Draft,
    Open = {state},
    Closed,
    Label = 'closed-{one}',
}
}{j:export const {T}State = Object.freeze({ Draft: 0, Open: {state}, Closed: {state1}, Label: 'closed-{one}' });
}
export const KINDS{t:: readonly string[]} = [{kinds}];
const TAGS = [{tags}];
const PATTERN = /^{prefix}-(?<number>\\d{{3}})-(?<kind>[a-z]+)$/;

/** How many domain modules stand below this one in the chain of imports. */
export const depth{t:: number} = {depth};

export function make{T}s(count{t:: number}, seed = {seed}){t:: {T}[]} {{
    const random = createRandom(seed);
    return Array.from({{ length: count }}, (_, i) => {{
        const kind = random.pick(KINDS);
        const quantity = 1 + random.int({maxq});
        const price = 100 + random.int({maxp});
        const active = random.int(4) > 0;
        const tags = random.shuffle(TAGS).slice(0, random.int(3));
        return {{ id: `{prefix}-${{String(i + 1).padStart(3, '0')}}-${{kind}}`, kind, quantity, price, active, tags }};
    }});
}}

export function parse{T}Id(text{t:: string}){t:: Result<{ number: number; kind: string }>} {{
    const match = PATTERN.exec(text);
    if (!match{t:?.groups}) return err(`bad {one} id: ${{text}}`);
    const {{ number, kind }} = match.groups;
    return KINDS.includes(kind{t:!}) ? ok({{ number: Number(number), kind{t:: kind!} }}) : err(`unknown {one} kind: ${{kind}}`);
}}

export class {T}Book {{
    #items = new Map{t:<string, {T}>}();
    #listeners{t:: ((size: number) => void)[]} = [];
    static limit = {limit};

    constructor(items{t:: Iterable<{T}>} = []) {{
        for (const item of items) this.add(item);
    }}

    add(item{t:: {T}}){t:: this} {{
        if (this.#items.has(item.id)) throw new Error(`duplicate {one}: ${{item.id}}`);
        if (this.#items.size >= {T}Book.limit) throw new RangeError('{one} book is full');
        this.#items.set(item.id, item);
        this.#listeners.forEach(fn => fn(this.#items.size));
        return this;
    }}

    onAdd(fn{t:: (size: number) => void}){t:: this} {{
        this.#listeners.push(fn);
        return this;
    }}

    get(id{t:: string}){t:: {T} | undefined} {{
        return this.#items.get(id);
    }}

    get size(){t:: number} {{
        return this.#items.size;
    }}

    get total(){t:: number} {{
        return sum([...this], (item{t:: {T}}) => item.quantity * item.price);
    }}

    *[Symbol.iterator](){t:: Iterator<{T}>} {{
        yield* this.#items.values();
    }}

    *pages(size{t:: number}){t:: Generator<{T}[]>} {{
        const all = sortBy([...this], (x{t:: {T}}) => -x.price, (x{t:: {T}}) => x.id);
        for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size);
    }}

    toJSON(){t:: { kind: string; items: {T}[] }} {{
        return {{ kind: '{one}', items: [...this] }};
    }}

    static from(text{t:: string}){t:: {T}Book} {{
        const {{ kind, items }} = JSON.parse(text);
        if (kind !== '{one}') throw new TypeError(`expected {one}, got ${{kind}}`);
        return new {T}Book(items);
    }}
}}

export function summarise{T}s(items{t:: {T}[]}) {{
    const kinds{t:: Record<string, { count: number; quantity: number; value: number; ids: string[] }>} = {{}};
    for (const [kind, group] of groupBy(items.filter(i => i.active), (i{t:: {T}}) => i.kind)) {{
        kinds[kind] = {{
            count: group.length,
            quantity: sum(group, (i{t:: {T}}) => i.quantity),
            value: sum(group, (i{t:: {T}}) => i.quantity * i.price),
            ids: group.map((i{t:: {T}}) => i.id),
        }};
    }}
    return {{ {one}: {{ total: items.length, inactive: items.filter(i => !i.active).length }}, kinds }};
}}

export const {one}Discount =
    (rate{t:: number}, floor = {floor}) =>
    ({{ price, quantity }}{t:: Pick<{T}, 'price' | 'quantity'>}){t:: number} =>
        Math.max(floor, Math.round(price * quantity * (1 - rate)));

export async function load{T}s(count{t:: number}, seed{t:?: number}){t:: Promise<{T}Book>} {{
    if (count < 0) throw new RangeError(`cannot load ${{count}} {one}s`);
    const book = new {T}Book();
    for (const item of make{T}s(count, seed)) {{
        await null;
        book.add(item);
    }}
    return book;
}}
'''


def pick_dialect(text, typescript):
    """Keeps `{t:…}` (TypeScript only) or `{j:…}` (JavaScript only) parts; braces inside them are literal."""
    out, i = [], 0
    while i < len(text):
        if text.startswith(("{t:", "{j:"), i):
            keep, depth, j = (text[i + 1] == "t") == typescript, 1, i + 3
            while depth:
                depth += {"{": 1, "}": -1}.get(text[j], 0)
                j += 1
            if keep:
                inner = text[i + 3:j - 1].replace("{", "{{").replace("}", "}}")
                for name in ("T", "state", "one"):
                    inner = inner.replace("{{%s}}" % name, "{%s}" % name)
                out.append(inner.replace("{state1}", "{state1}").replace("{{state1}}", "{state1}"))
            i = j
        else:
            out.append(text[i])
            i += 1
    return "".join(out)


def domain_source(d):
    imports = "".join(f"import {{ depth as {o.one}Depth }} from './{o.one}{'' if d.ts else '.ts' if o.ts else '.js'}';\n"
                      for o in d.below)
    depth = "1 + Math.max(%s)" % ", ".join(o.one + "Depth" for o in d.below) if d.below else "0"
    return pick_dialect(DOMAIN_MODULE, d.ts).format(
        imports=imports, depth=depth, T=d.type, one=d.one, prefix=d.prefix, seed=d.seed, maxq=d.maxq, maxp=d.maxp,
        state=d.state, state1=d.state + 1, limit=d.limit, floor=d.floor,
        kinds=", ".join(map(fmt, d.kinds)), tags=", ".join(map(fmt, d.tags)))


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


def test_file(rng, index, domains):
    """One test file's (name, source, snapshot text)."""
    d = domains[index % len(domains)]
    ts = index % 2 == 0
    chosen = rng.sample(test_kinds.DOMAIN, 3)
    base = rng.sample(test_kinds.BASE, len(test_kinds.BASE))
    imports, groups, count = {}, [], 1
    for kind in chosen + base:
        case = kind(rng, d, ts)
        wanted = {k: v for k, v in case.imports.items()}
        if count + case.count > TESTS_PER_FILE:
            continue
        if len(set(imports) | set(wanted)) > 8:
            continue
        for module, names in wanted.items():
            imports.setdefault(module, set()).update(names)
        groups.append(case)
        count += case.count
        if count == TESTS_PER_FILE:
            break
    snap = test_kinds.snapshot(rng, d, ts)
    for module, names in snap.imports.items():
        imports.setdefault(module, set()).update(names)
    lines = [f"import {{ {', '.join(sorted(names))} }} from '../src/{module}';\n" for module, names in sorted(imports.items())]
    lines.append("\n")
    for title, members in (("books", [c for c in groups if c.of_domain]), ("tools", [c for c in groups if not c.of_domain])):
        if members:
            lines.append(f"describe({fmt(d.one + ' ' + title)}, () => {{\n")
            lines.append("\n".join(c.text for c in members))
            lines.append("});\n\n")
    lines.append(snap.text)
    name = f"{d.one}-{index:02d}.test.{'ts' if ts else 'js'}"
    assert count == TESTS_PER_FILE, (name, count)
    return name, "".join(lines), "// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n\n" + snap.snap


CONFIG = {
    "package.json": '{\n  "name": "gen500",\n  "private": true,\n  "type": "module"\n}\n',
    "tsconfig.json": '{\n  "compilerOptions": {\n    "target": "esnext",\n    "module": "esnext",\n    "moduleResolution": "bundler",\n'
                     '    "allowImportingTsExtensions": true,\n    "noEmit": true,\n    "strict": true\n  }\n}\n',
    "vitest.config.mjs": "export default { test: { globals: true } };\n",
    "jest.config.cjs": "module.exports = { testEnvironment: 'node', transform: { '\\\\.[jt]s$': './jest-transform.cjs' } };\n",
    "jest-transform.cjs": """\
// The least a Jest user needs: TypeScript and ES modules to CommonJS, file by file.
const ts = require('typescript');
const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, allowJs: true, sourceMap: false };

module.exports = {
    process: (source, fileName) => ({ code: ts.transpileModule(source, { fileName, compilerOptions }).outputText }),
};
""",
}


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    out = sys.argv[1]
    files = int(sys.argv[sys.argv.index("--files") + 1]) if "--files" in sys.argv else 50
    rng = random.Random(500)
    domains = []
    for i, row in enumerate(DOMAINS):
        domains.append(Domain(i, row, rng, domains))
    for name in sorted(os.listdir(os.path.join(HERE, "base"))):
        os.makedirs(os.path.join(out, "src", "base"), exist_ok=True)
        shutil.copyfile(os.path.join(HERE, "base", name), os.path.join(out, "src", "base", name))
    for d in domains:
        write(os.path.join(out, "src", "domain", d.one + (".ts" if d.ts else ".js")), domain_source(d))
    for i in range(files):
        name, source, snap = test_file(rng, i, domains)
        write(os.path.join(out, "tests", name), source)
        write(os.path.join(out, "tests", "__snapshots__", name + ".snap"), snap)
    for name, text in CONFIG.items():
        write(os.path.join(out, name), text)
    print(f"{out}: {files} test files, {files * TESTS_PER_FILE} tests, {20 + len(domains)} modules")


if __name__ == "__main__":
    main()
