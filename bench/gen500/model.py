# SPDX-License-Identifier: MIT
"""The generated project's data in Python: the same records and summaries its modules compute, so that tests can hold literals."""
import json

DOMAINS = """account asset booking branch campaign carrier channel claim contract courier customer delivery device domain
employee event fleet grant invoice item journey lease ledger license meeting member order parcel payment policy product
project quote refund rental route shipment ticket vendor visit""".split()
KINDS = """basic prime night rapid rural urban local remote bulk fragile gold silver""".split()
TAGS = """new vip late hold gift eco risk test""".split()


def fmt(value):
    """A JavaScript literal in single quotes."""
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(fmt, value)) + "]"
    if isinstance(value, dict):
        key = lambda k: k if k.isidentifier() else fmt(k)
        return "{ " + ", ".join(f"{key(k)}: {fmt(v)}" for k, v in value.items()) + " }" if value else "{}"
    return repr(value)


def pretty(value, indent=""):
    """What a snapshot file holds for JSON-like data."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return repr(value)
    inner = indent + "  "
    if isinstance(value, dict):
        if not value:
            return "{}"
        rows = "".join(f'{inner}"{k}": {pretty(value[k], inner)},\n' for k in sorted(value))
        return "{\n" + rows + indent + "}"
    if not value:
        return "[]"
    return "[\n" + "".join(f"{inner}{pretty(v, inner)},\n" for v in value) + indent + "]"


class Random:
    """src/base/random.js"""

    def __init__(self, seed):
        self.state = seed & 0xFFFFFFFF

    def int(self, below):
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return self.state * below >> 32

    def pick(self, items):
        return items[self.int(len(items))]

    def shuffle(self, items):
        out = list(items)
        for i in range(len(out) - 1, 0, -1):
            j = self.int(i + 1)
            out[i], out[j] = out[j], out[i]
        return out


class Domain:
    """One module of src/domain and what its functions return."""

    def __init__(self, index, name, rng, before):
        self.one, self.type, self.prefix = name, name.capitalize(), name[:3]
        self.ts = index % 2 == 0
        self.kinds = rng.sample(KINDS, 4)
        self.tags = rng.sample(TAGS, 5)
        self.seed = rng.randrange(1, 1000000)
        self.maxq, self.maxp = rng.randrange(5, 40), rng.randrange(500, 9000)
        self.state, self.limit, self.floor = rng.randrange(2, 9), rng.randrange(100, 300), rng.randrange(0, 90)
        self.below = rng.sample(before[-6:], min(len(before), rng.randrange(1, 3)))
        self.depth = 1 + max(o.depth for o in self.below) if self.below else 0

    def make(self, count, seed=None):
        r = Random(self.seed if seed is None else seed)
        items = []
        for i in range(count):
            kind = r.pick(self.kinds)
            quantity = 1 + r.int(self.maxq)
            price = 100 + r.int(self.maxp)
            active = r.int(4) > 0
            shuffled = r.shuffle(self.tags)
            items.append({"id": f"{self.prefix}-{i + 1:03d}-{kind}", "kind": kind, "quantity": quantity, "price": price,
                          "active": active, "tags": shuffled[:r.int(3)]})
        return items

    def summarise(self, items):
        kinds = {}
        for i in items:
            if i["active"]:
                k = kinds.setdefault(i["kind"], {"count": 0, "quantity": 0, "value": 0, "ids": []})
                k["count"] += 1
                k["quantity"] += i["quantity"]
                k["value"] += i["quantity"] * i["price"]
                k["ids"].append(i["id"])
        return {self.one: {"total": len(items), "inactive": sum(not i["active"] for i in items)}, "kinds": kinds}
