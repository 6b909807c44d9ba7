#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Combinations of features as programs: the same text for the same version of this file, no randomness.

usage: generate.py            lists the names
       generate.py NAME       prints that program

programs() yields (area, name, suffix, text). A family is a function that yields (name, suffix, text); its area is generated_ and its name.
"""
import itertools
import sys


def header(**options):
    return "".join(f"// @{k}: {str(v).lower() if isinstance(v, bool) else v}\n" for k, v in options.items())


# ---- class members: kind × static × decorators × how fields are made

MEMBERS = {
    "field": "{static}{name} = log.push('init {name}');",
    "empty": "{static}{name}: any;",
    "method": "{static}{name}() {{ return '{name}'; }}",
    "getter": "{static}get {name}() {{ return '{name}'; }}",
    "setter": "{static}set {name}(v: any) {{ log.push('set ' + v); }}",
    "accessor": "{static}accessor {name}: any = log.push('init {name}');",
    "arrow": "{static}{name} = () => typeof this;",
    "private": "{static}#{name} = log.push('init #{name}'); {static}{name}() {{ return this.#{name}; }}",
    "computed": "{static}[key('{name}')] = log.push('init {name}');",
    "generator": "{static}*{name}() {{ yield '{name}'; }}",
    "async": "{static}async {name}() {{ return '{name}'; }}",
}
LEGACY_DECORATOR = """const dec = (n: string) => (log.push('eval ' + n), (t: any, k: any, d?: any): any => {
    log.push(`apply ${n} ${typeof t} ${String(k)} ${d === undefined ? 'none' : Object.keys(d).join('/')}`);
});
"""
STANDARD_DECORATOR = """const dec = (n: string) => (log.push('eval ' + n), (v: any, c: any): any => {
    log.push(`apply ${n} ${c.kind} ${String(c.name)} ${c.static} ${typeof v}`);
    c.addInitializer(function (this: any) { log.push(`extra ${n} ${typeof this}`); });
    if (c.kind === 'field') return (x: any) => (log.push('field init ' + n), x);
});
"""


def class_members():
    for (kind, text), static, decorated, (way, options) in itertools.product(
            MEMBERS.items(), (False, True), ("plain", "legacy", "standard"),
            (("define", {"target": "es2022"}), ("assign", {"target": "es2021"}))):
        options = dict(options)
        if decorated == "legacy":
            options["experimentalDecorators"] = True
        body = text.format(static="static " if static else "", name="a")
        other = text.format(static="" if static else "static ", name="b")
        mark = "" if decorated == "plain" else "@dec('1') @dec('2') "
        cls = "" if decorated == "plain" else "@dec('class') "
        decorator = {"plain": "", "legacy": LEGACY_DECORATOR, "standard": STANDARD_DECORATOR}[decorated]
        if decorated == "legacy" and kind == "private":
            continue  # no decorators on private names in the old form
        yield (f"{kind}_{'static' if static else 'instance'}_{decorated}_{way}", ".ts", header(**options) + f"""const log: any[] = [];
const show1 = (v: any) => typeof v === "function" ? "a function" : v, key = (s: string) => (log.push('key ' + s), s);
{decorator}class Base {{ set a(v: any) {{ log.push('base set a ' + show1(v)); }} static set a(v: any) {{ log.push('base set static a ' + show1(v)); }} b = 'base b'; }}
{cls}class C extends Base {{
    before = log.push('before');
    {mark}{body}
    static between = log.push('between');
    {other}
    constructor(public p = log.push('parameter')) {{ log.push('start'); super(); log.push('end'); }}
}}
let c: any; try {{ c = new C(); }} catch (e) {{ console.log((e as Error).name); c = {{}}; }}
const own = (o: any) => Object.getOwnPropertyNames(o).filter((n) => !['length', 'name', 'prototype'].includes(n)).sort().join();
console.log(log.join('; '));
console.log(own(c), '|', own(C), '|', own(C.prototype), '|', C.name);
const show = (f: () => any) => {{ try {{ const v = f(); console.log(typeof v === 'function' ? v.name + ' ' + v.length : typeof v); }} catch (e) {{ console.log((e as Error).name); }} }};
show(() => c.a); show(() => (C as any).a); show(() => c.b); show(() => (C as any).b); show(() => c.a()); show(() => (C as any).a());
show(() => (c.a = 'assigned')); show(() => ((C as any).a = 'assigned'));
console.log(log.slice(-2).join('; '));
""")


# ---- enum members: initialiser × the next member × where the enum stands

INITIALISERS = {
    "none": "A", "number": "A = 3", "negative": "A = -7", "string": "A = 'str'", "template": "A = `t${'x'}`", "hole": "A = `n${Other.N}`",
    "other": "A = Other.N", "other_string": "A = Other.S", "index": "A = Other['N']", "or": "A = Other.N | 8", "shift": "A = 1 << 4",
    "call": "A = f(2)", "length": "A = 'four'.length", "outer": "A = outer", "outer_let": "A = outerLet", "paren": "A = ((5))", "plus": "A = 'a' + 'b'",
    "plus_number": "A = 'a' + 1", "computed_plus": "A = f(1) + 1", "conditional": "A = outer ? 1 : 2", "assertion": "A = <any>6", "as": "A = 'v' as any",
    "bigshift": "A = 1 << 33", "fraction": "A = 0.1 + 0.2", "unsigned": "A = -1 >>> 0", "power": "A = 2 ** 53", "modulo": "A = -7 % 3", "not": "A = ~~5.7",
}
FOLLOWING = {"plain": "B = 100, C", "referring": "B = A as any, C = 50", "string": "B = 'b', C = 1"}


def enum_members():
    for (name, text), (after, rest) in itertools.product(INITIALISERS.items(), FOLLOWING.items()):
        yield f"{name}_{after}", ".ts", f"""enum Other {{ N = 3, S = 's' }}
const outer = 40; let outerLet = 41; const f = (x: number) => x * 10;
enum E {{ {text}, {rest} }}
enum E {{ D = 1000, F = E.A as any, G = `${{E.C}}!` }}
const enum CE {{ {text if name not in ('call', 'length', 'outer_let', 'computed_plus', 'conditional') else 'A = 1'}, {rest} }}
namespace N {{ export enum E {{ {text}, Z = 5 }} export const same = E.Z; }}
console.log(JSON.stringify(E));
console.log(E.A, E.B, E.C, E.F, CE.A, CE.B, CE['C'], N.E.A, N.same, JSON.stringify(N.E));
export {{ E, CE }};
"""


# ---- namespaces: what merges with what, in which order, exported or not, nested or not

PARTS = {
    "function": "function X() {{ return 'called ' + typeof (X as any).v1; }}",
    "class": "class X {{ static s = 's'; m() {{ return typeof (X as any).v1; }} }}",
    "enum": "enum X {{ P = 1, Q }}",
    "namespace": "namespace X {{ export const first = 'first'; let hidden = 1; export const h = () => ++hidden; }}",
}


def namespace_merging():
    for (name, text), exported, depth in itertools.product(PARTS.items(), (False, True), (0, 1, 2)):
        export = "export " if exported else ""
        body = f"""{export}{text.format()}
{export}namespace X {{ export let v1 = 1; export function inc() {{ return ++v1; }} }}
{export}namespace X {{ export const v2 = v1 + 1; export namespace Deep {{ export const v3 = v2 + v1; }} }}
{export}namespace X.Deep {{ export const v4 = v3 * 2; export class Y {{ static z = v4; }} }}
"""
        look = "console.log(typeof X, Object.keys(X).join(), X.inc(), X.v1, X.v2, X.Deep.v4, X.Deep.Y.z, JSON.stringify(X.Deep));\n"
        use = {"function": "console.log(X());\n", "class": "console.log(new X().m(), X.s);\n", "enum": "console.log(X.P, X[2]);\n",
               "namespace": "console.log(X.first, X.h(), X.h());\n"}[name]
        inner = body + look + use
        for level in range(depth):
            inner = f"export namespace L{level} {{\n{inner}}}\nnamespace L{level} {{ console.log(Object.keys(L{level}).join()); }}\n"
        yield f"{name}_{'exported' if exported else 'local'}_{depth}", ".ts", inner + "import * as self from './main.js';\nconsole.log(Object.keys(self).join());\n"


# ---- imports: form × use × flags

IMPORTS = {
    "named": ("import {{ {n} }} from './m.js';", "a"), "renamed": ("import {{ a as {n} }} from './m.js';", "b"), "default": ("import {n} from './m.js';", "d"),
    "namespace": ("import * as {n} from './m.js';", "ns"), "default_named": ("import {n}, {{ a as aa }} from './m.js';", "d"),
    "inline_type": ("import {{ type T as {n} }} from './m.js';", "T"), "type": ("import type {{ T as {n} }} from './m.js';", "T"),
    "mixed": ("import {{ a as {n}, type T }} from './m.js';", "a"), "empty": ("import {{}} from './m.js'; const {n} = 0;", "z"), "bare": ("import './m.js'; const {n} = 0;", "z"),
}
USES = {
    "never": "", "type": "let t: {n} | undefined; type Q = {n}[];", "typeof": "let t: typeof {n} | undefined;", "value": "console.log(typeof {n});",
    "reexported": "export {{ {n} }};", "shorthand": "console.log(Object.keys({{ {n} }}).join());", "shadowed": "(({n}: number) => console.log({n}))(1);",
}


def imports():
    for (form, (text, name)), (use, usage), flag in itertools.product(IMPORTS.items(), USES.items(), ("", "verbatimModuleSyntax", "isolatedModules")):
        erased = form in ("type", "inline_type")
        if erased and use not in ("never", "type", "typeof"):
            continue  # a type used as a value: TypeScript refuses it
        options = {flag: True} if flag else {}
        yield (f"{form}_{use}" + (f"_{flag}" if flag else ""), {
            "main.ts": header(**options) + text.format(n=name) + "\n" + usage.format(n=name) + "\nconsole.log('main');\n",
            "m.ts": "console.log('m loaded');\nexport const a = 1;\nexport default class D {}\nexport class T {}\n",
        })


# ---- exports: what is exported × how

DECLARED = {
    "const": "const x = 1;", "function": "function x() {}", "class": "class x {}", "enum": "enum x { A }", "const_enum": "const enum x { A }",
    "interface": "interface x {}", "alias": "type x = 1;", "namespace": "namespace x { export const v = 1; }", "type_namespace": "namespace x { export type V = 1 }",
    "declared": "declare const x: number;", "interface_and_const": "interface x {} const x = 1;", "alias_and_function": "type x = 1; function x() {}",
    "class_and_interface": "class x {} interface x { y: 1 }",
}
WAYS = {"list": "export { x };", "renamed": "export { x as y };", "default": "export { x as default };", "type_list": "export type { x };", "inline_type": "export { type x };",
        "keyword": None, "export_default": "export default x;"}


def exports():
    for (kind, text), (way, suffix) in itertools.product(DECLARED.items(), WAYS.items()):
        if kind == "declared" and way not in ("type_list", "inline_type", "keyword"):
            continue  # Node cannot link an export of nothing
        source = text + "\n" + suffix if suffix else " ".join("export " + part for part in split_declarations(text))
        yield f"{kind}_{way}", {"main.ts": "import * as m from './m.js';\nconsole.log(Object.keys(m).map((k) => k + ' ' + typeof (m as any)[k]).join());\n",
                                "m.ts": source + "\nexport const always = 1;\n"}


def split_declarations(text):
    for mark in (" const x", " function x", " interface x"):
        at = text.find(mark, 1)
        if at > 0 and text[at - 1] in ";}":
            return [text[:at], text[at + 1:]]
    return [text]


# ---- JSX: shape × runtime

SHAPES = {
    "empty": "<a />", "text": "<a>t</a>", "expression": "<a>{1 + 1}</a>", "two": "<a><b /><c /></a>", "mixed": "<a>x {1} y</a>", "attributes": "<a b='1' c={2} d />",
    "spread": "<a {...o} />", "spread_first": "<a {...o} b='1' />", "spread_last": "<a b='1' {...o} />", "spread_between": "<a b='1' {...o} c='2' {...p} />",
    "key": "<a key='k' />", "key_and_spread": "<a key='k' {...o} />", "spread_and_key": "<a {...o} key='k' />", "key_child": "<a key={1}>x</a>", "fragment": "<>x</>",
    "fragment_two": "<><a />{2}</>", "component": "<C x={1}>y</C>", "member": "<o.C />", "entity": "<a b='&amp;'>&lt;{'&lt;'}</a>", "empty_expression": "<a>{}</a>",
    "empty_expression_two": "<a>{/* c */}{1}</a>", "spread_child": "<a>{...[1, 2]}</a>", "namespaced": "<a:b c:d='1' />", "dashed": "<a-b data-c='1' />",
    "element_attribute": "<a b=<i>x</i> />", "nested": "<a><b><c>{<d />}</c></b></a>", "spread_literal": "<a {...{ b: 1, 'c-d': 2 }} />", "children_attribute": "<a children='q' />",
    "children_both": "<a children='q'>r</a>", "conditional": "<a>{o ? <b /> : null}</a>", "null_child": "<a>{null}{undefined}{false}</a>", "key_alone_in_spread": "<a {...{ key: 'k' }} />",
}
RUNTIMES = {
    "classic": ({"jsx": "react"}, "import React from 'react';\n"), "automatic": ({"jsx": "react-jsx"}, ""), "development": ({"jsx": "react-jsxdev"}, ""),
    "factory": ({"jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "Fragment"}, "import { h, Fragment } from 'react';\n"),
    "source": ({"jsx": "react-jsx", "jsxImportSource": "preact"}, ""), "pragma": ({"jsx": "react-jsx"}, "/** @jsxRuntime classic */\n/** @jsx h */\n/** @jsxFrag Fragment */\nimport { h, Fragment } from 'react';\n"),
}


def jsx():
    for (runtime, (options, start)), group in itertools.product(RUNTIMES.items(), range(4)):
        shapes = list(SHAPES.items())[group::4]
        if runtime in ("source", "development"):
            shapes = [s for s in shapes if "spread_and_key" != s[0] or runtime != "source"]
        lines = "".join(f"show('{name}', {text});\n" for name, text in shapes)
        yield f"{runtime}_{group + 1}", ".tsx", header(**options) + start + f"""export {{}};
const o: any = {{ z: 1, C: function OC() {{ return null; }} }}, p = {{ b: 'p' }}, C = (x: any) => null;
const show = (name: string, e: any) => console.log(name, String(e));
{lines}"""


# ---- parameter properties: modifiers × fields × base class × target

def parameter_properties():
    for modifier, derived, fields, target in itertools.product(("public", "private readonly", "protected override", "readonly"), (False, True), ("none", "before", "private"), ("es2022", "es2020")):
        if "override" in modifier and not derived:
            continue
        field = {"none": "", "before": "f = (this as any).a; g: any;", "private": "#h = (this as any).a; h() { return String(this.#h); }"}[fields]
        heritage = " extends Base" if derived else ""
        yield (f"{modifier.replace(' ', '_')}_{'derived' if derived else 'base'}_{fields}_{target}", ".ts", header(target=target) + f"""class Base {{ a: any = 'base'; constructor(x?: any) {{ log.push('Base ' + x); }} }}
const log: string[] = [];
class C{heritage} {{ {field} constructor({modifier} a: any = 'default', {modifier} b?: number, ...rest: any[]) {{ {'super(a);' if derived else ''} log.push('body ' + (this as any).a); a = 'changed'; }} }}
const c: any = new C(), d: any = new C('one', 2, 3);
console.log(Object.keys(c).join(), Object.keys(d).map((k) => k + '=' + d[k]).join(), log.join('; '), C.length, c.h?.());
""")


FAMILIES = [class_members, enum_members, namespace_merging, imports, exports, jsx, parameter_properties]


def programs():
    """(area, name, files): files maps names to texts, one of them main.*"""
    for family in FAMILIES:
        for name, *rest in family():
            yield "generated_" + family.__name__, name, rest[0] if len(rest) == 1 else {"main" + rest[0]: rest[1]}


if __name__ == "__main__":
    for area, name, files in programs():
        if len(sys.argv) == 1:
            print(f"{area}/{name}")
        elif f"{area}/{name}" == sys.argv[1]:
            for file, text in files.items():
                print(f"// {file}\n{text}")
