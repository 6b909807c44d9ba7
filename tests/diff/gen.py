#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random programs that print a trace: the same seed gives the same program. Every program ends: loops count, functions spend fuel.

usage: gen.py SEED [KIND]     prints one program; KIND is sync, async, class or eval (default: chosen by the seed)

What a program computes is of no interest; that two engines print the same is. So every expression may log when it is evaluated, most
statements stand in a try whose catch prints the error, and errors are as welcome as values. Nothing printed depends on the clock,
on addresses or on how an engine inspects objects: `show` below is the only printer.
"""
import random
import sys

PRELUDE = r"""
let fuel = 400;
function spent() { return --fuel < 0; }
function show(v, depth = 0) {
    switch (typeof v) {
        case 'string': return JSON.stringify(v);
        case 'bigint': return v + 'n';
        case 'symbol': return v.toString();
        case 'function': return 'fn:' + String(v.name) + '/' + v.length;
        case 'number': return Object.is(v, -0) ? '-0' : String(v);
        case 'object':
            if (v === null) return 'null';
            if (v === globalThis) return 'global'; // the order of its names is each engine's own
            if (v instanceof Error) return v.name + ': ' + v.message + (v.cause === undefined ? '' : ' <- ' + show(v.cause, depth + 1));
            if (depth > 2) return '...';
            if (Array.isArray(v)) {
                const parts = [];
                for (let i = 0; i < v.length && i < 8; i++) parts.push(i in v ? show(v[i], depth + 1) : '<hole>');
                return '[' + parts.join(',') + ']';
            }
            return '{' + Reflect.ownKeys(v).slice(0, 8).map(k => {
                const d = Object.getOwnPropertyDescriptor(v, k);
                return String(k) + ':' + ('value' in d ? show(d.value, depth + 1) : 'accessor') + (d.enumerable ? '' : '!');
            }).join(',') + '}';
        default: return String(v);
    }
}
function L(tag, v) { console.log(tag, show(v)); return v; }
function iter(tag, n, bad) {
    let i = 0;
    return {
        [Symbol.iterator]() { console.log(tag, 'iterator'); return this; },
        next(v) { console.log(tag, 'next', show(v)); if (bad === 1 && i === 1) throw new Error(tag + ' next'); return i < n ? { value: i++, done: false } : { value: 'end', done: true }; },
        return(v) { console.log(tag, 'return', show(v)); if (bad === 2) throw new Error(tag + ' return'); return bad === 3 ? 7 : { value: v, done: true }; },
        throw(v) { console.log(tag, 'throw', show(v)); if (bad === 4) throw new Error(tag + ' throw'); return { value: v, done: i > 1 }; },
    };
}
function obj(tag) {
    const store = { x: 1, y: 'two', z: undefined, w: 5n };
    return {
        get x() { console.log(tag, 'get x'); return store.x; }, set x(v) { console.log(tag, 'set x', show(v)); store.x = v; },
        get y() { console.log(tag, 'get y'); return store.y; }, set y(v) { console.log(tag, 'set y', show(v)); store.y = v; },
        get z() { console.log(tag, 'get z'); return store.z; }, set z(v) { console.log(tag, 'set z', show(v)); store.z = v; },
        get w() { console.log(tag, 'get w'); return store.w; },
        m(...a) { console.log(tag, 'm', show(a), this === undefined ? 'no this' : typeof this); return a[0]; },
        valueOf() { console.log(tag, 'valueOf'); return 3; },
        toString() { console.log(tag, 'toString'); return 'x'; },
    };
}
"""

PROPS = ["x", "y", "z", "w", "m", "q"]
BINARY = ["+", "-", "*", "/", "%", "**", "<<", ">>", ">>>", "&", "|", "^", "<", ">", "<=", ">=", "==", "!=", "===", "!==", "in", "instanceof"]
ASSIGN = ["=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??="]
LITERALS = ["0", "1", "2", "-1", "-0", "0.5", "NaN", "1e21", "4294967296", "'a'", "''", "'5'", "true", "false", "null", "undefined",
            "0n", "1n", "7n", "-3n", "12345678901234567890n", "Infinity", "'length'", "2147483647"]


class Scope:
    """Names visible at a point, and what may be written there."""

    def __init__(self, up=None, **facts):
        self.up = up
        self.names = list(up.names) if up else []
        self.constants = set(up.constants) if up else set()
        self.own = []
        for fact in ("loops", "labels", "function", "generator", "asynchronous", "breakable", "method", "private"):
            setattr(self, fact, facts.get(fact, getattr(up, fact) if up else None))
        self.loops = self.loops or 0
        self.labels = self.labels or []
        self.private = self.private or []


class Gen:
    def __init__(self, seed, kind=None):
        self.r = random.Random(seed)
        self.kind = kind or self.r.choice(["sync", "sync", "async", "class", "eval"])
        self.strict = self.r.random() < 0.4
        self.count = 0

    # --- helpers

    def chance(self, p):
        return self.r.random() < p

    def name(self, prefix="v"):
        self.count += 1
        return f"{prefix}{self.count}"

    def tag(self):
        self.count += 1
        return f"'t{self.count}'"

    def pick(self, table, *args):
        """Calls one of [(weight, function)] with the arguments."""
        total = sum(w for w, _ in table)
        at = self.r.uniform(0, total)
        for weight, make in table:
            at -= weight
            if at <= 0:
                return make(*args)
        return table[-1][1](*args)

    # --- expressions

    def variable(self, s):
        if s.names and self.chance(0.97):
            return self.r.choice(s.names[-12:])
        return self.r.choice(["missing", "globalThis.missing", "undefined"])

    def literal(self, s, d):
        return self.r.choice(LITERALS)

    def expr(self, s, d=3):
        if d <= 0:
            return self.pick([(3, lambda s, d: self.variable(s)), (2, self.literal)], s, d)
        table = [
            (5, lambda s, d: self.variable(s)), (4, self.literal), (5, self.logged), (5, self.binary), (3, self.assign), (2, self.update),
            (2, self.unary), (2, self.conditional), (2, self.logical), (3, self.member), (4, self.call), (2, self.array), (2, self.object),
            (2, self.function), (2, self.template), (1, self.comma), (2, self.optional), (1, self.new), (1, self.object_maker), (0.7, self.tagged),
            (0.8, self.destructure_expression), (0.5, self.class_expression), (0.5, self.delete),
        ]
        if s.generator:
            table += [(3, lambda s, d: f"(yield {self.expr(s, d - 1)})"), (1, lambda s, d: f"(yield* {self.iterable(s, d - 1)})")]
        if s.asynchronous:
            table += [(4, lambda s, d: f"(await {self.promise(s, d - 1)})")]
        if s.method:
            table += [(2, lambda s, d: self.r.choice(["this", "super.x", "super.m", "super['y']", "new.target", "this.x"])),
                      (1, lambda s, d: f"super.m({self.args(s, d - 1)})"), (1, lambda s, d: f"(super.{self.r.choice(PROPS)} {self.r.choice(ASSIGN)} {self.expr(s, d - 1)})")]
            if s.private:
                table += [(2, lambda s, d: f"this.{self.r.choice(s.private)}"), (1, lambda s, d: f"(this.{self.r.choice(s.private)} {self.r.choice(ASSIGN)} {self.expr(s, d - 1)})"),
                          (1, lambda s, d: f"({self.r.choice(s.private)} in {self.primary(s, d - 1)})"), (0.6, lambda s, d: f"{self.primary(s, d - 1)}?.{self.r.choice(s.private)}")]
        if s.function == "plain":
            table += [(1, lambda s, d: self.r.choice(["arguments.length", "arguments[0]", "arguments[1]", "new.target", "this"]))]
            table += [(0.5, lambda s, d: f"(arguments[0] {self.r.choice(ASSIGN)} {self.expr(s, d - 1)})")]
        if self.kind == "eval":
            table += [(1.5, self.eval)]
        return self.pick(table, s, d)

    def primary(self, s, d):
        """An expression that may stand before a dot or a call without its meaning changing."""
        text = self.expr(s, d)
        return text if text.replace("_", "").isalnum() and not text[0].isdigit() else f"({text})"

    def logged(self, s, d):
        return f"L({self.tag()}, {self.expr(s, d - 1)})"

    def binary(self, s, d):
        op = self.r.choice(BINARY) if self.chance(0.6) else self.r.choice(["+", "-", "*", "<", "==", "==="])
        return f"({self.primary(s, d - 1)} {op} {self.primary(s, d - 1)})"

    def target(self, s, d):
        """Something assignable."""
        return self.pick([
            (4, lambda: self.r.choice([n for n in s.names if n not in s.constants] or ["missing"]) if self.chance(0.95) else self.variable(s).replace("undefined", "missing")),
            (2, lambda: f"{self.primary(s, d - 1)}.{self.r.choice(PROPS)}"),
            # Node turns a key that is an object into a name twice, so the key is a name already.
            (2, lambda: f"{self.primary(s, d - 1)}[{self.r.choice([self.literal(s, 0), self.logged_literal(s)])}]")])

    def logged_literal(self, s):
        return f"L({self.tag()}, {self.literal(s, 0)})"

    def assign(self, s, d):
        return f"({self.target(s, d)} {self.r.choice(ASSIGN) if self.chance(0.7) else '='} {self.expr(s, d - 1)})"

    def update(self, s, d):
        op = self.r.choice(["++", "--"])
        return f"({op}{self.target(s, d)})" if self.chance(0.5) else f"({self.target(s, d)}{op})"

    def unary(self, s, d):
        op = self.r.choice(["-", "+", "!", "~", "typeof ", "void "])
        return f"({op}{self.primary(s, d - 1)})"

    def delete(self, s, d):
        return f"(delete {self.primary(s, d - 1)}{self.r.choice(['.', '?.'])}{self.r.choice(PROPS)})"

    def conditional(self, s, d):
        return f"({self.expr(s, d - 1)} ? {self.expr(s, d - 1)} : {self.expr(s, d - 1)})"

    def logical(self, s, d):
        return f"({self.primary(s, d - 1)} {self.r.choice(['&&', '||', '??'])} {self.primary(s, d - 1)})"

    def member(self, s, d):
        o = self.primary(s, d - 1)
        return f"{o}.{self.r.choice(PROPS)}" if self.chance(0.7) else f"{o}[{self.expr(s, d - 1)}]"

    def optional(self, s, d):
        o = self.primary(s, d - 1)
        tail = self.r.choice([f"?.{self.r.choice(PROPS)}", f"?.[{self.expr(s, d - 1)}]", f"?.({self.args(s, d - 1)})", f"?.m({self.args(s, d - 1)})", f".m?.({self.args(s, d - 1)})"])
        return f"({o}{tail})" if self.chance(0.5) else f"{o}{tail}{self.r.choice(['.x', '.m()', '[0]', '?.y', ''])}"

    def args(self, s, d):
        items = [self.expr(s, d - 1) for _ in range(self.r.randrange(3))]
        if self.chance(0.15):
            items.insert(self.r.randrange(len(items) + 1), f"...{self.iterable(s, d - 1)}")
        return ", ".join(items)

    def call(self, s, d):
        callee = self.pick([(5, lambda: self.variable(s)), (3, lambda: f"{self.primary(s, d - 1)}.m"), (1, lambda: f"{self.primary(s, d - 1)}[{self.expr(s, d - 1)}]"),
                            (1, lambda: f"({self.function(s, d - 1)})")])
        return f"{callee}({self.args(s, d)})"

    def new(self, s, d):
        return f"new {self.variable(s) if self.chance(0.8) else '(' + self.function(s, d - 1) + ')'}({self.args(s, d)})"

    def array(self, s, d):
        items = [self.r.choice(["", f"...{self.iterable(s, d - 1)}"]) if self.chance(0.15) else self.expr(s, d - 1) for _ in range(self.r.randrange(4))]
        return f"[{', '.join(items)}]"

    def key(self, s, d):
        return self.pick([(4, lambda: self.r.choice(PROPS)), (1, lambda: f"[{self.expr(s, d - 1)}]"), (0.5, lambda: self.r.choice(["1", "'a b'", "0x10", "2n", "if"]))])

    def object(self, s, d):
        def prop():
            return self.pick([
                (4, lambda: f"{self.key(s, d)}: {self.expr(s, d - 1)}"), (1, lambda: f"...{self.primary(s, d - 1)}"),
                (1, lambda: f"{self.key(s, d)}({self.params(Scope(s), 1)[0]}) {{ return {self.logged(self.inner(s, function='plain', method=False), d - 1)}; }}" if False else self.method(s, d)),
                (0.5, lambda: f"get {self.key(s, d)}() {{ return {self.logged(self.inner(s, 'plain', method=True), d - 1)}; }}"),
                (0.5, lambda: f"set {self.key(s, d)}(v) {{ L({self.tag()}, v); }}"),
                (0.3, lambda: f"__proto__: {self.expr(s, d - 1)}")])
        props = [prop() for _ in range(self.r.randrange(4))]
        seen, kept = False, []
        for p in props:
            if p.startswith("__proto__:"):
                if seen:
                    continue
                seen = True
            kept.append(p)
        return "({" + ", ".join(kept) + "})"

    def method(self, s, d):
        inner = self.inner(s, "plain", method=True)
        params, _ = self.params(inner, d)
        return f"{self.key(s, d)}({params}) {{ if (spent()) return; {self.body(inner, 2, d - 1)} }}"

    def object_maker(self, s, d):
        return f"obj({self.tag()})"

    def iterable(self, s, d):
        return self.pick([(3, lambda: f"iter({self.tag()}, {self.r.randrange(4)}, {self.r.choice([0, 0, 0, 1, 2, 3, 4])})"), (2, lambda: self.array(s, d)),
                          (1, lambda: self.primary(s, d)), (0.5, lambda: "'ab'")])

    def template(self, s, d):
        return "`" + "".join(self.r.choice(["a", "\\n", ""]) + "${" + self.expr(s, d - 1) + "}" for _ in range(self.r.randrange(1, 3))) + "z`"

    def tagged(self, s, d):
        return f"{self.r.choice([self.variable(s), 'String.raw', 'show', self.primary(s, d - 1) + '.m'])}" + self.template(s, d)

    def comma(self, s, d):
        return f"({self.expr(s, d - 1)}, {self.expr(s, d - 1)})"

    def promise(self, s, d):
        return self.expr(s, d)

    def eval(self, s, d):
        inner = Scope(s)
        text = self.expr(inner, d - 1) if self.chance(0.6) else self.statement(inner, 1)
        quoted = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
        return f"{'eval' if self.chance(0.85) else '(0, eval)'}(`{quoted}`)"

    # --- patterns

    def default(self, s, d):
        return f" = {self.expr(s, d - 1)}" if self.chance(0.3) else ""

    def pattern(self, s, d, leaf):
        if d <= 0 or self.chance(0.45):
            return leaf()
        if self.chance(0.5):
            items = ["" if self.chance(0.1) else self.pattern(s, d - 1, leaf) + self.default(s, d) for _ in range(self.r.randrange(4))]
            if self.chance(0.25):
                items.append("..." + self.pattern(s, d - 1, leaf))
            elif items and items[-1] == "":
                items.append("")
            return f"[{', '.join(items)}]"
        items = [f"{self.key(s, d)}: {self.pattern(s, d - 1, leaf)}{self.default(s, d)}" for _ in range(self.r.randrange(3))]
        if self.chance(0.25):
            items.append("..." + leaf())
        return "{" + ", ".join(items) + "}"

    def value_for_pattern(self, s, d):
        return self.pick([(3, lambda: self.iterable(s, d)), (2, lambda: self.object_maker(s, d)), (2, lambda: self.expr(s, d)), (2, lambda: self.object(s, d))])

    def destructure_expression(self, s, d):
        pattern = self.pattern(s, 2, lambda: self.target(s, 1))
        return f"({pattern} = {self.value_for_pattern(s, d - 1)})" if pattern[0] in "[{" else self.assign(s, d)

    def declare(self, s, kind):
        names = []

        def leaf():
            names.append(self.name())
            return names[-1]
        early = self.chance(0.05)  # the initialiser may see its own names: TDZ
        pattern = self.pattern(s, 2, leaf) if self.chance(0.35) else leaf()
        if early:
            s.names += names
        value = self.value_for_pattern(s, 2) if pattern[0] in "[{" else self.expr(s, 3)
        if not early:
            s.names += names
        if kind == "const":
            s.constants.update(names)
        return f"{kind} {pattern} = {value};"

    # --- functions

    def inner(self, s, function, generator=False, asynchronous=False, method=None):
        inner = Scope(s, function=function, generator=generator, asynchronous=asynchronous, loops=0, labels=[], breakable=False)
        inner.loops, inner.labels = 0, []
        if method is not None:
            inner.method = method
        if function == "plain" and not method:
            inner.method = False
        return inner

    def params(self, inner, d):
        parts, names, simple = [], [], True

        def leaf():
            names.append(self.name("p"))
            return names[-1]
        for _ in range(self.r.randrange(3)):
            if self.chance(0.25):
                simple = False
                outer = Scope(inner)
                outer.generator = outer.asynchronous = False
                parts.append(self.pattern(outer, 1, leaf) + (f" = {self.expr(outer, 1)}" if self.chance(0.6) else ""))
                inner.names += names
            else:
                parts.append(leaf())
                inner.names.append(names[-1])
        if self.chance(0.1):
            simple = False
            parts.append("..." + leaf())
        inner.names += names
        return ", ".join(parts), simple

    def function(self, s, d):
        shape = self.pick([(4, lambda: "arrow"), (4, lambda: "plain"), (1.5, lambda: "generator"), (1.5 if self.kind == "async" else 0.2, lambda: "async"),
                           (0.8 if self.kind == "async" else 0.1, lambda: "async generator"), (0.8 if self.kind == "async" else 0.1, lambda: "async arrow")])
        arrow = "arrow" in shape
        inner = self.inner(s, s.function if arrow else "plain", generator="generator" in shape, asynchronous="async" in shape, method=s.method if arrow else False)
        params, _ = self.params(inner, d)
        if arrow and self.chance(0.5):
            return f"({'async ' if 'async' in shape else ''}({params}) => {self.expr(inner, d - 1)})" if self.chance(0.9) else f"(({params}) => ({{}}))"
        body = f"{{ if (spent()) return 'fuel'; {self.body(inner, 2, d - 1)} }}"
        if arrow:
            return f"({'async ' if 'async' in shape else ''}({params}) => {body})"
        return f"({'async ' if 'async' in shape else ''}function{'*' if 'generator' in shape else ''} {self.name('f') if self.chance(0.3) else ''}({params}) {body})"

    def body(self, s, n, d=2):
        text = " ".join(self.statement(s, d) for _ in range(self.r.randrange(1, n + 1)))
        return text + (f" return {self.expr(s, 2)};" if self.chance(0.7) else "")

    def function_statement(self, s, d):
        name = self.name("f")
        shape = self.pick([(5, lambda: ""), (2, lambda: "*"), (2.5 if self.kind == "async" else 0.2, lambda: "async"), (1.2 if self.kind == "async" else 0.1, lambda: "async*")])
        inner = self.inner(s, "plain", generator="*" in shape, asynchronous="async" in shape, method=False)
        params, _ = self.params(inner, 2)
        s.names.append(name)
        return f"{'async ' if 'async' in shape else ''}function{'*' if '*' in shape else ''} {name}({params}) {{ if (spent()) return 'fuel'; {self.body(inner, 3, d - 1)} }}"

    # --- classes

    def class_body(self, s, d, computed):
        private = [f"#{self.name('s')}" for _ in range(self.r.randrange(3))]
        scope = self.inner(s, "method", method=True)
        scope.private = s.private + private
        members, made = [], list(private)

        def method(prefix, key, generator=False, asynchronous=False):
            inner = self.inner(scope, "plain", generator=generator, asynchronous=asynchronous, method=True)
            params, _ = self.params(inner, 1)
            return f"{prefix}{key}({params}) {{ if (spent()) return; {self.body(inner, 2, d - 1)} }}"
        for p in private:
            static = "static " if self.chance(0.25) else ""
            members.append(self.pick([(3, lambda: f"{static}{p} = {self.expr(scope, 2)};"), (1, lambda: method(static, p)),
                                      (1, lambda: f"{static}get {p}() {{ return {self.logged(scope, 2)}; }}"), (0.5, lambda: f"{static}set {p}(v) {{ L({self.tag()}, v); }}")]))
        for _ in range(self.r.randrange(4)):
            static = "static " if self.chance(0.35) else ""
            key = self.key(s, 2) if computed else self.r.choice(PROPS)
            members.append(self.pick([
                (3, lambda: f"{static}{key} = {self.expr(scope, 2)};"), (2, lambda: method(static, key)), (1, lambda: method(static + "*", key, generator=True)),
                (1, lambda: f"{static}get {key}() {{ return {self.logged(scope, 2)}; }}"), (0.5, lambda: f"{static}set {key}(v) {{ L({self.tag()}, v); }}"),
                (1, lambda: f"static {{ {self.statement(scope, 1)} }}"), (0.5 if self.kind == "async" else 0, lambda: method(static + "async ", key, asynchronous=True))]))
        self.r.shuffle(members)
        return members, scope

    def class_text(self, s, d, name):
        heritage = self.pick([(3, lambda: ""), (2, lambda: f" extends {self.variable(s)}"), (0.5, lambda: f" extends ({self.expr(s, 2)})"), (0.2, lambda: " extends null"),
                              (0.5, lambda: " extends Array"), (1, lambda: f" extends (class {{ x = {self.literal(s, 0)}; m(v) {{ return L({self.tag()}, v); }} get y() {{ return L({self.tag()}, 'super y'); }} }})")])
        # Node evaluates computed keys before it checks the heritage, so there are none where that may be anything.
        members, scope = self.class_body(s, d, heritage in ("", " extends null", " extends Array") or heritage.startswith(" extends (class"))
        if self.chance(0.4):
            inner = self.inner(scope, "plain", method=True)
            params, _ = self.params(inner, 1)
            call = ""
            if heritage:
                call = self.r.choice(["super(); ", "super(...arguments); ", f"L({self.tag()}, super({self.args(s, 1)})); ", "(() => super())(); ", ""])
            members.append(f"constructor({params}) {{ if (spent()) return {{}}; {call}{self.body(inner, 2, 1)} }}")
        return f"class {name}{heritage} {{ {' '.join(members)} }}"

    def class_statement(self, s, d):
        name = self.name("C")
        text = self.class_text(s, d, name)
        s.names.append(name)
        return text

    def class_expression(self, s, d):
        return f"({self.class_text(s, d - 1, self.name('C') if self.chance(0.5) else '')})"

    # --- statements

    def statement(self, s, d=3):
        table = [(5, self.print), (5, lambda s, d: self.declare(s, self.r.choice(["let", "const", "var", "let"])) if True else ""), (3, lambda s, d: self.expr(s, 3) + ";")]
        if d > 0:
            table += [(3, self.if_statement), (3, self.for_count), (1, self.while_count), (3, self.for_of), (1.5, self.for_in), (5, self.try_statement), (2, self.switch),
                      (2, self.block), (1, self.labelled), (2, self.function_statement), (2.5 if self.kind == "class" else 0.7, self.class_statement), (1.5, self.drive_generator)]
            if not self.strict and not s.method:
                table += [(0.8, self.with_statement)]
            if s.asynchronous:
                table += [(2, self.for_await)]
        if s.function:
            table += [(0.8, lambda s, d: f"return {self.expr(s, 2)};" if self.chance(0.5) else f"if ({self.expr(s, 2)}) return {self.expr(s, 2)};")]
        if s.loops:
            table += [(1, lambda s, d: self.r.choice(["break", "continue"]) + ";"), (1, lambda s, d: f"if ({self.expr(s, 2)}) {self.r.choice(['break', 'continue'])};")]
        elif s.breakable:
            table += [(1, lambda s, d: "break;")]
        if s.labels:
            def leave(s, d):
                name, loop = self.r.choice(s.labels)
                return f"if ({self.expr(s, 1)}) {self.r.choice(['break', 'continue']) if loop else 'break'} {name};"
            table += [(2, leave)]
        table += [(0.6, lambda s, d: f"throw {self.expr(s, 2)};" if self.chance(0.4) else f"if ({self.expr(s, 1)}) throw new Error({self.tag()}, {{ cause: {self.expr(s, 1)} }});")]
        return self.pick(table, s, d)

    def print(self, s, d):
        return f"L({self.tag()}, {self.expr(s, 3)});"

    def inside(self, s, d, n=3, **facts):
        inner = Scope(s, **facts)
        return " ".join(self.statement(inner, d - 1) for _ in range(self.r.randrange(1, n + 1)))

    def block(self, s, d):
        return f"{{ {self.inside(s, d)} }}"

    def if_statement(self, s, d):
        return f"if ({self.expr(s, 2)}) {{ {self.inside(s, d)} }}" + (f" else {{ {self.inside(s, d)} }}" if self.chance(0.4) else "")

    def looping(self, s):
        return {"loops": s.loops + 1, "breakable": True}

    def for_count(self, s, d):
        i = self.name("i")
        inner = Scope(s)
        inner.names.append(i)
        inner.constants.add(i)  # its value must rise
        kind = self.r.choice(["let", "let", "var"])
        extra = f", {self.name('j')} = {self.expr(s, 1)}" if self.chance(0.2) else ""
        return f"for ({kind} {i} = 0{extra}; {i} < {self.r.randrange(1, 4)} && !spent(); {i}++) {{ {self.inside(inner, d, **self.looping(inner))} }}"

    def while_count(self, s, d):
        i = self.name("n")
        body = self.inside(s, d, **self.looping(s))
        if self.chance(0.5):
            return f"let {i} = 0; while ({i}++ < {self.r.randrange(1, 4)} && !spent()) {{ {body} }}"
        return f"let {i} = 0; do {{ {body} }} while ({i}++ < {self.r.randrange(3)} && !spent());"

    def head(self, s):
        """A for-in/of head: (text, scope of the body)."""
        inner = Scope(s)
        if self.chance(0.75):
            names = []

            def leaf():
                names.append(self.name("e"))
                return names[-1]
            pattern = self.pattern(s, 1, leaf)
            inner.names += names
            kind = self.r.choice(["let", "const", "var"])
            if kind == "const":
                inner.constants.update(names)
            return f"{kind} {pattern}", inner
        return self.pattern(s, 1, lambda: self.target(s, 1)).replace("{}", "[]"), inner

    def for_of(self, s, d):
        head, inner = self.head(s)
        return f"for ({head} of {self.iterable(s, 2)}) {{ if (spent()) break; {self.inside(inner, d, **self.looping(inner))} }}"

    def for_in(self, s, d):
        head, inner = self.head(s)
        return f"for ({head} in {self.expr(s, 2)}) {{ if (spent()) break; {self.inside(inner, d, **self.looping(inner))} }}"

    def for_await(self, s, d):
        head, inner = self.head(s)
        return f"for await ({head} of {self.iterable(s, 2)}) {{ if (spent()) break; {self.inside(inner, d, **self.looping(inner))} }}"

    def labelled(self, s, d):
        name = self.name("label")
        loop = self.chance(0.7)
        inner = Scope(s, labels=s.labels + [(name, loop)])
        return f"{name}: {self.pick([(1, self.for_count), (1, self.for_of)], inner, d)}" if loop else f"{name}: {{ {self.inside(inner, d)} }}"

    def try_statement(self, s, d):
        text = f"try {{ {self.inside(s, d)} }}"
        form = self.r.randrange(4)
        if form != 3:
            inner = Scope(s)
            e = self.name("e")
            inner.names.append(e)
            text += f" catch ({e}) {{ L({self.tag()}, {e}); {self.inside(inner, d, 2) if self.chance(0.4) else ''} }}" if self.chance(0.9) else " catch { L('caught', 0); }"
        if form >= 2:
            text += f" finally {{ {self.inside(s, d, 2)} }}"
        return text

    def switch(self, s, d):
        inner = Scope(s, breakable=True)
        cases, default = [], self.r.randrange(6)
        for i in range(self.r.randrange(1, 5)):
            label = "default" if i == default else f"case {self.expr(s, 1)}"
            body = self.inside(inner, d, 2) if self.chance(0.7) else ""
            # Declarations of one case are seen by the others, uninitialised: a block keeps most of them apart.
            cases.append(f"{label}: " + (f"{{ {body} }}" if self.chance(0.8) else body) + (" break;" if self.chance(0.5) else ""))
        return f"switch ({self.expr(s, 2)}) {{ {' '.join(cases)} }}"

    def with_statement(self, s, d):
        inner = Scope(s)
        inner.names += ["x", "y", "z", "m"]
        return f"with ({self.pick([(2, lambda: self.object_maker(s, 1)), (1, lambda: self.expr(s, 2))])}) {{ {self.inside(inner, d)} }}"

    def drive_generator(self, s, d):
        g = self.name("g")
        inner = self.inner(s, "plain", generator=True, method=False)
        body = self.body(inner, 4, d)
        calls = " ".join(f"try {{ L({self.tag()}, {g}.{self.r.choice(['next', 'next', 'return', 'throw'])}({self.expr(s, 1)})); }} catch (e) {{ L({self.tag()}, e); }}"
                         for _ in range(self.r.randrange(1, 5)))
        return f"const {g} = (function* () {{ {body} }})(); {calls}"

    # --- programs

    def guarded(self, s, d=3):
        """A statement at the top: its error is printed, its declarations stay inside."""
        if self.chance(0.25):
            return self.function_statement(s, d) if self.chance(0.6) else f"var {self.declare_simple(s)}"
        return f"try {{ {self.statement(Scope(s), d)} }} catch (e) {{ L({self.tag()}, e); }}"

    def declare_simple(self, s):
        name = self.name()
        text = f"{name} = {self.r.choice(LITERALS + ['[1, 2, 3]', '({ x: 1, y: [2] })', 'obj(' + self.tag() + ')', 'function () { return this; }', '(a, b) => a'])};"
        s.names.append(name)
        return text

    def task(self, s, n):
        """An async function that logs each of its steps, started at once."""
        inner = self.inner(s, "plain", asynchronous=True, method=False)
        return (f"(async function task{n}() {{ {' '.join(self.async_step(inner) for _ in range(self.r.randrange(2, 6)))} return {self.expr(inner, 1)}; }})()"
                f".then(v => L('task{n} done', v), e => L('task{n} failed', e)){self.r.choice(['', '', '.finally(() => L(' + self.tag() + '))'])};")

    def async_step(self, s):
        return self.pick([
            (4, lambda: f"L({self.tag()}, await {self.awaitable(s)});"), (3, lambda: f"try {{ {self.statement(s, 2)} }} catch (e) {{ L({self.tag()}, e); }}"),
            (2, lambda: f"for await (const {self.name('e')} of {self.async_iterable(s)}) {{ L({self.tag()}, await {self.awaitable(s)}); {self.r.choice(['', '', 'break;', 'continue;'])} }}"),
            (1, lambda: f"try {{ await {self.awaitable(s)}; }} finally {{ L({self.tag()}, await {self.awaitable(s)}); }}")])

    def awaitable(self, s):
        return self.pick([
            (3, lambda: self.expr(s, 1)), (3, lambda: f"Promise.resolve({self.literal(s, 0)})"), (1, lambda: f"Promise.reject(new Error({self.tag()}))"),
            (2, lambda: f"{{ then(ok, no) {{ console.log({self.tag()}); {self.r.choice(['ok(1)', 'no(2)', 'throw 3', 'ok(Promise.resolve(4))', 'ok({ then(f) { f(5); } })', 'ok(1), no(2)'])}; }} }}"),
            (2, lambda: f"(async () => {{ {self.r.choice(['', 'await 0; ', 'await null; await null; '])}return {self.r.choice(['1', 'Promise.resolve(2)', '{ then(f) { f(6); } }'])}; }})()"),
            (2, lambda: f"Promise.{self.r.choice(['all', 'race', 'any', 'allSettled'])}([{self.awaitable(s)}, {self.awaitable(s)}])"),
            (1, lambda: f"new Promise((ok, no) => {{ {self.r.choice(['ok', 'no'])}({self.literal(s, 0)}); }}).{self.r.choice(['then', 'catch', 'finally'])}(v => L({self.tag()}, v))")])

    def async_iterable(self, s):
        inner = self.inner(s, "plain", generator=True, asynchronous=True, method=False)
        steps = " ".join(self.r.choice([f"yield {self.awaitable(inner)};", f"L({self.tag()}, yield {self.literal(s, 0)});", f"await {self.awaitable(inner)};", f"yield* (async function* () {{ yield 1; }})();",
                                        f"try {{ yield 1; }} finally {{ L({self.tag()}, await 0); }}"]) for _ in range(self.r.randrange(1, 4)))
        return self.pick([(3, lambda: f"(async function* () {{ {steps} }})()"), (2, lambda: f"[{self.awaitable(s)}, {self.awaitable(s)}]"), (1, lambda: self.iterable(s, 1))])

    def async_queue(self, s, n):
        g = self.name("q")
        calls = " ".join(f"{g}.{self.r.choice(['next', 'next', 'return', 'throw'])}({self.awaitable(s)}).then(v => L('{g} {i}', v), e => L('{g} {i} failed', e));" for i in range(self.r.randrange(2, 6)))
        return f"const {g} = {self.async_generator(s)}; {calls}"

    def async_generator(self, s):
        while True:
            text = self.async_iterable(s)
            if text.startswith("(async function*"):
                return text

    def program(self):
        s = Scope()
        lines = ["'use strict';"] if self.strict else []
        lines.append(PRELUDE)
        for n in range(self.r.randrange(6, 14)):
            if self.kind == "async" and self.chance(0.6):
                lines.append(self.pick([(3, self.task), (1, self.async_queue)], s, n))
            else:
                lines.append(self.guarded(s))
        lines.append("L('fuel', fuel > 0);")
        return "\n".join(lines) + "\n"


def program(seed, kind=None):
    return Gen(seed, kind).program()


if __name__ == "__main__":
    sys.stdout.write(program(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None))
