# SPDX-License-Identifier: MIT
"""What the generated tests say: DOMAIN kinds test a module of src/domain, BASE kinds one or two of src/base; snapshot() is the last test of a file.

Each kind takes (rng, domain, ts) and returns a Case: how many tests it is, the imports it needs and its text, indented for a describe block.
"""
import math
from dataclasses import dataclass, field

from model import Random, fmt, pretty


@dataclass
class Case:
    text: str
    imports: dict
    count: int = 1
    of_domain: bool = False
    snap: str = field(default="")


def indent(text):
    return "".join("    " + l + "\n" if l else "\n" for l in text.strip("\n").split("\n"))


def path_of(d, ts):
    return f"domain/{d.one}" if ts or d.ts else f"domain/{d.one}.js"


def of_domain(d, ts, names, text, count=1, more=None):
    imports = {path_of(d, ts): set(names)}
    imports.update({k: set(v) for k, v in (more or {}).items()})
    return Case(indent(text), imports, count, True)


def of_base(imports, text, count=1):
    return Case(indent(text), {k: set(v) for k, v in imports.items()}, count)


# ---- tests of a domain module

def makes_records(rng, d, ts):
    n, seed = rng.randrange(3, 30), rng.randrange(1, 99999)
    at = rng.randrange(n)
    return of_domain(d, ts, [f"make{d.type}s"], f"""
test('makes {n} records from a seed', () => {{
    const items = make{d.type}s({n}, {seed});
    expect(items).toHaveLength({n});
    expect(items[{at}]).toEqual({fmt(d.make(n, seed)[at])});
    expect(new Set(items.map(i => i.id)).size).toBe({n});
    expect(make{d.type}s({n}, {seed})).toEqual(items);
}});
""")


def summarises(rng, d, ts):
    n, seed = rng.randrange(4, 9), rng.randrange(1, 99999)
    return of_domain(d, ts, [f"make{d.type}s", f"summarise{d.type}s"], f"""
test('summarises {n} records by kind', () => {{
    const summary = summarise{d.type}s(make{d.type}s({n}, {seed}));
    expect(summary).toEqual({fmt(d.summarise(d.make(n, seed)))});
    expect(Object.keys(summary)).toStrictEqual([{fmt(d.one)}, 'kinds']);
}});
""")


def parses_ids(rng, d, ts):
    n, kind = rng.randrange(1, 999), rng.choice(d.kinds)
    text = f"{d.prefix}-{n:03d}-{kind}"
    narrow = " as any" if ts else ""
    return of_domain(d, ts, [f"parse{d.type}Id"], f"""
test('parses the id {text}', () => {{
    const result = parse{d.type}Id({fmt(text)});
    expect(result.ok).toBe(true);
    expect(result.unwrapOr({{ number: 0, kind: '' }})).toEqual({{ number: {n}, kind: {fmt(kind)} }});
}});

test('refuses other ids', () => {{
    expect((parse{d.type}Id('{d.prefix}-{n:03d}-nothing'){narrow}).error).toBe('unknown {d.one} kind: nothing');
    for (const bad of ['', '{d.prefix}', '{d.prefix}-12-{kind}', 'x{text}', '{text}!'])
        expect(parse{d.type}Id(bad)).toMatchObject({{ ok: false, error: `bad {d.one} id: ${{bad}}` }});
}});
""", 2)


def book_totals(rng, d, ts):
    n, seed = rng.randrange(5, 20), rng.randrange(1, 99999)
    items = d.make(n, seed)
    total = sum(i["quantity"] * i["price"] for i in items)
    return of_domain(d, ts, [f"make{d.type}s", f"{d.type}Book"], f"""
test('adds up a book of {n}', () => {{
    const book = new {d.type}Book(make{d.type}s({n}, {seed}));
    expect(book.size).toBe({n});
    expect(book.total).toBe({total});
    expect(book.get({fmt(items[-1]['id'])})).toHaveProperty('price', {items[-1]['price']});
    expect(book.get('none')).toBeUndefined();
}});
""")


def book_refuses(rng, d, ts):
    return of_domain(d, ts, [f"make{d.type}s", f"{d.type}Book"], f"""
test('refuses duplicates and overflow', () => {{
    const [first, ...rest] = make{d.type}s({d.limit + 1});
    const sizes{': number[]' if ts else ''} = [];
    const book = new {d.type}Book([first]).onAdd(size => sizes.push(size));
    expect(() => book.add(first)).toThrow('duplicate {d.one}: ' + first.id);
    expect(() => rest.forEach(item => book.add(item))).toThrow(RangeError);
    expect(book.size).toBe({d.type}Book.limit);
    expect(sizes).toEqual(Array.from({{ length: {d.limit - 1} }}, (_, i) => i + 2));
}});
""")


def book_pages(rng, d, ts):
    n, seed, size = rng.randrange(6, 25), rng.randrange(1, 99999), rng.randrange(2, 7)
    items = sorted(d.make(n, seed), key=lambda i: (-i["price"], i["id"]))
    lengths = [min(size, n - k) for k in range(0, n, size)]
    return of_domain(d, ts, [f"make{d.type}s", f"{d.type}Book"], f"""
test('pages through by price', () => {{
    const book = new {d.type}Book(make{d.type}s({n}, {seed}));
    const pages = [...book.pages({size})];
    expect(pages.map(p => p.length)).toEqual({fmt(lengths)});
    expect(pages[0].map(({{ id }}) => id)).toEqual({fmt([i['id'] for i in items[:size]])});
    const [, second] = book.pages({size});
    expect(second?.[0]?.id).toBe({fmt(items[size]['id'])});
}});
""")


def json_round_trip(rng, d, ts):
    n = rng.randrange(2, 12)
    return of_domain(d, ts, [f"make{d.type}s", f"{d.type}Book"], f"""
test('survives JSON', () => {{
    const book = new {d.type}Book(make{d.type}s({n}));
    const copy = {d.type}Book.from(JSON.stringify(book));
    expect([...copy]).toEqual([...book]);
    expect(copy).not.toBe(book);
    expect(JSON.parse(JSON.stringify(book, null, 2))).toHaveProperty('items.length', {n});
    expect(() => {d.type}Book.from('{{"kind":"other"}}')).toThrow(/^expected {d.one}, got other$/);
}});
""")


def loads(rng, d, ts):
    n, seed = rng.randrange(3, 15), rng.randrange(1, 99999)
    return of_domain(d, ts, [f"load{d.type}s"], f"""
test('loads {n} asynchronously', async () => {{
    const [a, b] = await Promise.all([load{d.type}s({n}, {seed}), load{d.type}s(0)]);
    expect(a.size).toBe({n});
    expect([...b]).toEqual([]);
    await expect(load{d.type}s(-1)).rejects.toThrow('cannot load -1 {d.one}s');
    await expect(load{d.type}s(1, {seed}).then(x => [...x].length)).resolves.toBe(1);
}});
""")


def discounts(rng, d, ts):
    rate = rng.choice([0.1, 0.2, 0.25, 0.5])
    rows = [(rng.randrange(100, 5000) * 20, rng.randrange(1, 20)) for _ in range(3)]
    exact = lambda p, q: max(d.floor, math.floor(p * q * (1 - rate) + 0.5))
    table = ", ".join(f"[{p}, {q}, {exact(p, q)}]" for p, q in rows)
    return of_domain(d, ts, [f"{d.one}Discount"], f"""
test.each([{table}])('discounts %i x %i to %i', (price, quantity, expected) => {{
    const cheaper = {d.one}Discount({rate});
    expect(cheaper({{ price, quantity }})).toBe(expected);
    expect({d.one}Discount(1)({{ price, quantity }})).toBe({d.floor});
}});
""", 3)


def states_and_depth(rng, d, ts):
    return of_domain(d, ts, [f"{d.type}State", "depth", "KINDS"], f"""
test('knows its states and place', () => {{
    expect({d.type}State.Open).toBe({d.state});
    expect({d.type}State.Closed).toBe({d.state + 1});
    expect({d.type}State.Label).toBe('closed-{d.one}');
    expect(depth).toBe({d.depth});
    expect(KINDS).toContain({fmt(d.kinds[2])});
    expect(KINDS).not.toContain('none');
}});
""")


DOMAIN = [makes_records, summarises, parses_ids, book_totals, book_refuses, book_pages, json_round_trip, loads, discounts,
          states_and_depth]


# ---- tests of the base modules

def lru_evicts(rng, d, ts):
    size = rng.randrange(2, 6)
    typ = "<string, number>" if ts else ""
    return of_base({"base/lru": ["LruCache", "memoize"]}, f"""
test('forgets the least recently used', () => {{
    const cache = new LruCache{typ}({size});
    for (let i = 0; i < {size}; i++) cache.set(`k${{i}}`, i * i);
    expect(cache.get('k0')).toBe(0);
    cache.set('new', -1);
    expect(cache.get('k1')).toBeUndefined();
    expect(cache.keys()).toEqual({fmt([f'k{i}' for i in range(2, size)] + ['k0', 'new'])});
    expect([cache.hits, cache.misses]).toEqual([1, 1]);
    expect(() => new LruCache(0)).toThrow(new RangeError('capacity must be positive, got 0'));
}});

test('memoizes', () => {{
    let calls = 0;
    const square = memoize((n{': number' if ts else ''}) => (calls++, n * n), {size});
    expect([3, 4, 3, 4, 3].map(square)).toEqual([9, 16, 9, 16, 9]);
    expect(calls).toBe(2);
}});
""", 2)


def heap_sorts(rng, d, ts):
    values = [rng.randrange(1000) for _ in range(rng.randrange(8, 30))]
    return of_base({"base/heap": ["BinaryHeap"]}, f"""
test('drains in order', () => {{
    const values = {fmt(values)};
    const heap = new BinaryHeap{'<number>' if ts else ''}((a, b) => a - b, values);
    expect([...heap.drain()]).toEqual([...values].sort((a, b) => a - b));
    expect(heap.size).toBe(0);
    expect(heap.pop()).toBeUndefined();
}});
""")


def evaluates(rng, d, ts):
    rows = []
    while len(rows) < 2:
        a, b, c, e = (rng.randrange(1, 30) for _ in range(4))
        text, value = rng.choice([(f"{a} + {b} * {c}", a + b * c), (f"({a} + {b}) * {c} - {e}", (a + b) * c - e),
                                  (f"-{a} * ({b} - {c})", -a * (b - c)), (f"2 ** 3 ** 2 - {a}", 512 - a),
                                  (f"{a} % {b} + x", a % b + 7), (f"x * x - {a}*{b}", 49 - a * b)])
        if value and text not in [r[0] for r in rows]:
            rows.append((text, value))
    return of_base({"base/expr": ["calculate", "parse", "render"]}, f"""
test.each({fmt([list(r) for r in rows])}{' as [string, number][]' if ts else ''})('evaluates %s', (source, expected) => {{
    const result = calculate(source, {{ x: 7 }});
    expect(result.unwrapOr(NaN)).toBe(expected);
    expect(calculate(render(parse(source)), {{ x: 7 }})).toEqual(result);
}});

test('reports what it cannot parse', () => {{
    expect(calculate('1 +')).toHaveProperty('error.message', 'unexpected end');
    expect(calculate('(1')).toHaveProperty('error.message', 'expected )');
    expect(() => parse('1 ? 2')).toThrow("unexpected '?' at 2");
    expect(() => parse('1 2')).toThrow(SyntaxError);
}});
""", 3)


def lexes(rng, d, ts):
    names = rng.sample(["alpha", "beta", "gamma", "x1", "_y"], 3)
    n = rng.randrange(10, 99)
    return of_base({"base/lexer": ["Kind", "tokens"]}, f"""
test('splits into tokens', () => {{
    const list = [...tokens('{names[0]} + {names[1]}*({n}.5 ** {names[2]})')];
    expect(list.map(t => t.text)).toEqual({fmt([names[0], '+', names[1], '*', '(', f'{n}.5', '**', names[2], ')'])});
    expect(list[5]).toEqual({{ kind: Kind.Number, text: '{n}.5', at: {len(names[0]) + len(names[1]) + 5} }});
    expect(list.filter(t => t.kind === Kind.Operator)).toHaveLength(3);
}});
""")


def emits(rng, d, ts):
    typ = "<{ add: [number, string]; end: [] }>" if ts else ""
    return of_base({"base/events": ["Emitter"]}, f"""
test('calls handlers in order', () => {{
    const emitter = new Emitter{typ}();
    const log{': string[]' if ts else ''} = [];
    const off = emitter.on('add', (n, s) => log.push(`a${{n}}${{s}}`));
    emitter.on('add', n => log.push(`b${{n}}`));
    emitter.once('end', () => log.push('end'));
    expect(emitter.emit('add', 1, 'x')).toBe(2);
    off();
    off();
    emitter.emit('add', 2, 'y');
    emitter.emit('end');
    emitter.emit('end');
    expect(log).toEqual(['a1x', 'b1', 'b2', 'end']);
    expect(emitter.emitted).toBe(4);
    expect(Emitter.isEmitter({{}})).toBe(false);
}});
""")


def stores(rng, d, ts):
    steps = [rng.randrange(1, 50) for _ in range(4)]
    a = ": any" if ts else ""
    return of_base({"base/store": ["Store", "combine", "logger"]}, f"""
describe('store', () => {{
    const log{': string[]' if ts else ''} = [];
    let store{': any' if ts else ''};
    beforeEach(() => {{
        log.length = 0;
        const count = (state = 0, action{a}) => (action.type === 'add' ? state + action.payload : state);
        const last = (state = null, {{ type }}{a}) => (type.startsWith('@') ? state : type);
        store = new Store{'<any>' if ts else ''}(combine{'<any>' if ts else ''}({{ count, last }}), [logger(log)]);
    }});

    test('reduces actions', () => {{
        for (const payload of {fmt(steps)}) store.dispatch({{ type: 'add', payload }});
        expect(store.getState()).toEqual({{ count: {sum(steps)}, last: 'add' }});
        expect(log).toHaveLength({2 * len(steps)});
    }});

    test('keeps the state when nothing changes', () => {{
        const seen{': unknown[]' if ts else ''} = [];
        store.dispatch({{ type: 'nothing' }});
        const before = store.getState();
        const stop = store.subscribe((s{a}) => seen.push(s));
        store.dispatch({{ type: 'nothing' }});
        stop();
        store.dispatch({{ type: 'add', payload: 1 }});
        expect(seen).toEqual([]);
        expect(before).toEqual({{ count: 0, last: 'nothing' }});
        expect(log).toEqual(['> nothing', '< nothing', '> nothing', '< nothing', '> add', '< add']);
    }});
}});
""", 2)


def texts(rng, d, ts):
    a, b, c = rng.sample(["crème", "brûlée", "naïve", "Rosé", "façade", "jalapeño"], 3)
    plain = {"crème": "creme", "brûlée": "brulee", "naïve": "naive", "Rosé": "rose", "façade": "facade", "jalapeño": "jalapeno"}
    n = rng.randrange(10, 99)
    return of_base({"base/text.js": ["camel", "distance", "fill", "slug", "snake", "table", "wrap"]}, f"""
test('changes case and makes slugs', () => {{
    expect(slug('  {a} {b} & {c} {n}!')).toBe('{plain[a]}-{plain[b]}-{plain[c]}-{n}');
    expect(camel('parse_{d.one}-XML file{n}')).toBe('parse{d.type}XmlFile{n}');
    expect(snake('parse{d.type}XML{n}')).toBe('parse_{d.one}_xml_{n}');
    expect(distance('kitten', 'sitting')).toBe(3);
}});

test('fills templates and wraps lines', () => {{
    expect(fill('{{{{ user.name }}}} has {{{{n}}}} {{{{ what | items }}}}', {{ user: {{ name: '{c}' }}, n: {n} }})).toBe('{c} has {n} items');
    const lines = wrap('the quick brown fox jumps over the lazy dog {d.one}', 12);
    expect(lines.every(l => l.length <= 12)).toBe(true);
    expect(lines.join(' ')).toMatch(/^the quick.*dog {d.one}$/);
    expect(table([['{d.one}', 1], ['x', {n}]])).toBe('{d.one} |  1\\n{'x'.ljust(len(d.one))} | {n}');
}});
""", 2)


def iterates(rng, d, ts):
    n, size = rng.randrange(9, 30), rng.randrange(2, 6)
    chunks = [list(range(i, min(i + size, n))) for i in range(0, n, size)]
    return of_base({"base/iter.js": ["chunk", "fibonacci", "filter", "flatten", "map", "range", "take", "zip"]}, f"""
test('chunks and zips lazily', () => {{
    expect([...chunk(range(0, {n}), {size})]).toEqual({fmt(chunks)});
    const squares = map(filter(range(0, Infinity), (x{': number' if ts else ''}) => x % 2), (x{': number' if ts else ''}) => x * x);
    expect([...take(squares, 4)]).toEqual([1, 9, 25, 49]);
    expect([...zip('abc', range(5, 0, -2))]).toEqual([['a', 5], ['b', 3], ['c', 1]]);
    expect([...flatten([1, [2, [3, [{n}]]]])]).toEqual([1, 2, 3, {n}]);
}});

test('resets a generator from outside', () => {{
    const numbers = fibonacci();
    const first = Array.from({{ length: 8 }}, () => numbers.next().value);
    expect(first).toEqual([0, 1, 1, 2, 3, 5, 8, 13]);
    expect(numbers.next(true{' as any' if ts else ''}).value).toBe(0);
    expect(numbers.return({n}{' as any' if ts else ''})).toEqual({{ value: {n}, done: true }});
}});
""", 2)


def graphs(rng, d, ts):
    names = rng.sample("abcdefgh", 5)
    pairs = [[names[0], names[1]], [names[0], names[2]], [names[1], names[3]], [names[2], names[3]], [names[3], names[4]]]
    return of_base({"base/graph.js": ["Graph"]}, f"""
test('orders a graph', () => {{
    const graph = Graph.from({fmt(pairs)});
    const order = graph.topological();
    for (const [a, b] of {fmt(pairs)}) expect(order.indexOf(a)).toBeLessThan(order.indexOf(b));
    expect(graph.distances({fmt(names[0])}).get({fmt(names[4])})).toBe(3);
    graph.connect({fmt(names[4])}, {fmt(names[0])});
    expect(() => graph.topological()).toThrow(/^cycle: /);
}});
""")


def deeps(rng, d, ts):
    n = rng.randrange(100)
    return of_base({"base/deep.js": ["clone", "freeze", "get", "merge", "paths", "set"]}, f"""
test('clones cycles and collections', () => {{
    const source{': any' if ts else ''} = {{ list: [1, {{ n: {n} }}], when: new Date({n}), map: new Map([['k', new Set([{n}])]]) }};
    source.self = source;
    const copy = clone(source);
    expect(copy).toEqual(source);
    expect(copy.self).toBe(copy);
    expect(copy.list[1]).not.toBe(source.list[1]);
    expect(copy.map.get('k').has({n})).toBe(true);
}});

test('merges and reads paths', () => {{
    const merged = merge({{ a: {{ b: 1, c: [1] }} }}, {{ a: {{ c: [2], d: {n} }} }}, {{ e: null }});
    expect(merged).toStrictEqual({{ a: {{ b: 1, c: [2], d: {n} }}, e: null }});
    expect(get(merged, 'a.c[0]')).toBe(2);
    expect(get(merged, 'a.x.y', '{d.one}')).toBe('{d.one}');
    expect(paths(set({{}}, '{d.one}.x.y', 1))).toEqual(['{d.one}.x.y']);
    const frozen = freeze({{ deep: {{ value: {n} }} }});
    expect(() => {{
        'use strict';
        frozen.deep.value = 0;
    }}).toThrow(TypeError);
}});
""", 2)


def csvs(rng, d, ts):
    n = rng.randrange(1000)
    return of_base({"base/csv.js": ["formatCsv", "parseCsv", "records", "revive"]}, f"""
test('reads and writes CSV', () => {{
    const rows = [['id', 'note'], ['{n}', 'says "{d.one}", twice'], ['x', 'two\\nlines']];
    const text = formatCsv(rows);
    expect(text).toContain('"says ""{d.one}"", twice"');
    expect(parseCsv(text)).toEqual(rows);
    expect(records(text)[1]).toEqual({{ id: 'x', note: 'two\\nlines' }});
    const { '{' } at { '}' } = revive('{{"at":"2024-02-03T04:05:06.{n:03d}Z"}}');
    expect(at).toBeInstanceOf(Date);
    expect(at.getMilliseconds()).toBe({n});
}});
""")


def errs(rng, d, ts):
    n = rng.randrange(1000)
    return of_base({"base/errors.js": ["AppError", "NotFoundError", "guard"]}, f"""
test('keeps causes and names', () => {{
    const error = new NotFoundError('{d.one}', {n}, {{ cause: new Error('disk') }});
    expect(error).toBeInstanceOf(AppError);
    expect(error.name).toBe('NotFoundError');
    expect(error.chain).toEqual(['{d.one} {n} not found', 'disk']);
    const fail = guard(() => {{
        throw error;
    }});
    expect(fail).toThrow(AppError);
    expect(fail).toThrow('operation failed');
    expect(String(error)).toBe('NotFoundError: {d.one} {n} not found');
}});
""")


def moneys(rng, d, ts):
    cents = rng.randrange(100, 99999)
    ratios = [rng.randrange(1, 5) for _ in range(3)]
    whole = sum(ratios)
    parts = [cents * r // whole for r in ratios]
    for i in range(cents - sum(parts)):
        parts[i] += 1
    return of_base({"base/money": ["Money"]}, f"""
test('shares money without losing a cent', () => {{
    const price = Money.parse('{cents // 100}.{cents % 100:02d} EUR');
    expect(price.cents).toBe({cents});
    expect(price.allocate(...{fmt(ratios)}).map(p => p.cents)).toEqual({fmt(parts)});
    expect(`${{price}}`).toBe('€{cents // 100}.{cents % 100:02d}');
    expect(Number(price)).toBeCloseTo({cents / 100}, 5);
    expect(JSON.stringify({{ price }})).toBe('{{"price":{{"amount":{cents},"currency":"EUR"}}}}');
    expect(() => price.add(Money.parse('1 USD'))).toThrow('EUR + USD');
    expect(() => Money.parse('abc')).toThrow('not an amount: "abc"');
}});
""")


def schemas(rng, d, ts):
    n = rng.randrange(10, 99)
    return of_base({"base/schema": ["array", "number", "object", "string"]}, f"""
test('validates nested data', () => {{
    const schema = object({{
        name: string().refine(s => s.length > 2, 'too short'),
        scores: array(number().refine(x => x < {n}, 'too large')),
        note: string().optional(),
    }});
    expect(schema.parse({{ name: '{d.one}', scores: [1, 2], extra: 1 }}).unwrapOr(null{' as any' if ts else ''})).toEqual({{ name: '{d.one}', scores: [1, 2] }});
    expect(schema.parse({{ name: 'ab', scores: [{n}, 'x'] }})).toEqual({{
        ok: false,
        error: [
            {{ path: ['name'], message: 'too short' }},
            {{ path: ['scores', 0], message: 'too large' }},
            {{ path: ['scores', 1], message: 'expected number, got string' }},
        ],
    }});
    expect(schema.parse(null).ok).toBe(false);
}});
""".replace("expect(schema.parse({ name: 'ab'", "expect({ ...schema.parse({ name: 'ab'").replace("'x'] }))", "'x'] }) })"))


def matrices(rng, d, ts):
    n = rng.randrange(10, 60)
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return of_base({"base/matrix": ["Matrix"]}, f"""
test('raises a matrix to a power', () => {{
    const fib = new Matrix(2, 2, [1, 1, 1, 0]).power({n});
    expect(fib.at(0, 1)).toBe({a});
    expect(fib.data).toBeInstanceOf(Float64Array);
    expect(Matrix.identity(3).multiply(new Matrix(3, 1, [1, 2, {n}])).data).toEqual(Float64Array.of(1, 2, {n}));
    expect(() => fib.multiply(new Matrix(3, 1))).toThrow('cannot multiply 2x2 by 3x1');
}});
""")


def dates(rng, d, ts):
    import datetime
    day = datetime.date(rng.randrange(1970, 2090), rng.randrange(1, 13), rng.randrange(1, 29))
    n = rng.randrange(1, 900)
    later = day + datetime.timedelta(days=n)
    return of_base({"base/date.js": ["addDays", "addMonths", "daysBetween", "each", "isLeap", "iso", "utc", "weekday"]}, f"""
test('counts days', () => {{
    const day = utc({day.year}, {day.month}, {day.day});
    expect(iso(addDays(day, {n}))).toBe('{later.isoformat()}');
    expect(daysBetween(day, utc({later.year}, {later.month}, {later.day}))).toBe({n});
    expect(weekday(day)).toBe('{day.strftime('%a')}');
    expect(iso(addMonths(utc(2023, 12, 31), 2))).toBe('2024-02-29');
    expect([1900, 2000, 2023, 2024].map(isLeap)).toEqual([false, true, false, true]);
    expect([...each(day, addDays(day, 3))].length).toBe(4);
}});
""")


def collects(rng, d, ts):
    r = Random(rng.randrange(1, 9999))
    values = [r.int(50) for _ in range(12)]
    mod = rng.randrange(2, 5)
    groups = {}
    for v in values:
        groups.setdefault(v % mod, []).append(v)
    t = ": number" if ts else ""
    return of_base({"base/collections.js": ["countBy", "groupBy", "intersection", "invert", "omit", "partition", "pick", "sortBy", "unique"]}, f"""
test('groups and counts', () => {{
    const values = {fmt(values)};
    expect([...groupBy(values, (v{t}) => v % {mod})]).toEqual({fmt([[k, v] for k, v in groups.items()])});
    expect(Object.fromEntries(countBy(values, (v{t}) => v % {mod}))).toEqual({fmt({str(k): len(v) for k, v in sorted(groups.items())})});
    expect(partition(values, (v{t}) => v < 25)).toEqual({fmt([[v for v in values if v < 25], [v for v in values if v >= 25]])});
    expect(unique(values)).toEqual({fmt(list(dict.fromkeys(values)))});
}});

test('sorts and picks', () => {{
    const people = [{{ n: 'b', a: 2 }}, {{ n: 'a', a: 2 }}, {{ n: 'c', a: 1 }}];
    expect(sortBy(people, (p{': any' if ts else ''}) => p.a, (p{': any' if ts else ''}) => p.n).map(p => p.n).join('')).toBe('cab');
    expect(pick(people[0], 'n', 'none')).toEqual({{ n: 'b' }});
    expect(omit(people[0], 'n')).toEqual({{ a: 2 }});
    expect(invert({{ x: '{d.one}' }})).toEqual({{ '{d.one}': 'x' }});
    expect(intersection(new Set([1, 2, 3]), new Set([3, 2, 9]))).toEqual(new Set([2, 3]));
}});
""", 2)


def retries(rng, d, ts):
    n = rng.randrange(2, 6)
    return of_base({"base/async.js": ["collect", "countdown", "retry"]}, f"""
test('retries until it works', async () => {{
    const result = await retry(async (attempt{': number' if ts else ''}) => {{
        if (attempt < {n}) throw new Error(`no ${{attempt}}`);
        return attempt;
    }}, {n + 1});
    expect(result).toBe({n});
    const failing = retry(() => Promise.reject(new Error('never')), {n});
    await expect(failing).rejects.toThrow('failed after {n} attempts');
    await expect(failing.catch((e{': any' if ts else ''}) => e.errors.length)).resolves.toBe({n});
    expect(await collect(countdown({n}))).toEqual({fmt(list(range(n, 0, -1)))});
}});
""")


def limits(rng, d, ts):
    n, most = rng.randrange(6, 20), rng.randrange(2, 5)
    return of_base({"base/async.js": ["Mutex", "delay", "mapLimit", "tick", "withTimeout"]}, f"""
test('limits what runs at once', async () => {{
    const items = Array.from({{ length: {n} }}, (_, i) => i);
    const {{ results, most }} = await mapLimit(items, {most}, async (x{': number' if ts else ''}) => {{
        for (let i = 0; i < x % 3; i++) await tick();
        return x * 2;
    }});
    expect(results).toEqual(items.map(x => x * 2));
    expect(most).toBe({most});
}});

test('serialises with a mutex', async () => {{
    const mutex = new Mutex();
    const log{': string[]' if ts else ''} = [];
    await Promise.all(
        ['a', 'b', '{d.one}'].map(name =>
            mutex.run(async () => {{
                log.push(`+${{name}}`);
                await tick();
                log.push(`-${{name}}`);
            }}),
        ),
    );
    expect(log.join(' ')).toBe('+a -a +b -b +{d.one} -{d.one}');
    await expect(withTimeout(delay(0, {n}), 5000)).resolves.toBe({n});
}});
""", 2)


def results(rng, d, ts):
    n = rng.randrange(100)
    return of_base({"base/result": ["all", "attempt", "err", "ok"]}, f"""
test('carries results', () => {{
    expect(ok({n}).map(x => x + 1).unwrapOr(0)).toBe({n + 1});
    expect(attempt(() => JSON.parse('{{"{d.one}":{n}}}')).unwrapOr(null)).toEqual({{ {d.one}: {n} }});
    expect(attempt(() => JSON.parse('{{')).ok).toBe(false);
    expect(all([ok(1), ok({n})])).toEqual(ok([1, {n}]));
    expect(all([ok(1), err('{d.one}'), err('later')])).toEqual(err('{d.one}'));
}});
""")


BASE = [lru_evicts, heap_sorts, evaluates, lexes, emits, stores, texts, iterates, graphs, deeps, csvs, errs, moneys, schemas,
        matrices, dates, collects, retries, limits, results]


# ---- the last test of each file

def snapshot(rng, d, ts):
    n, seed = rng.randrange(3, 8), rng.randrange(1, 99999)
    value = d.summarise(d.make(n, seed))
    name = f"{d.one} summary of {n} matches its snapshot"
    text = f"""\
test('{name}', () => {{
    expect(summarise{d.type}s(make{d.type}s({n}, {seed}))).toMatchSnapshot();
}});
"""
    snap = f"exports[`{name} 1`] = `\n{pretty(value)}\n`;\n"
    return Case(text, {path_of(d, ts): {f"make{d.type}s", f"summarise{d.type}s"}}, 1, True, snap)
