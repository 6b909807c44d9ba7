# SPDX-License-Identifier: MIT
"""Verifies a regular-expression program from spec/regexp.md alone. The instructions' lengths and operands come from the table there."""
import os
import re
import struct

FILTER, CLASS_WORDS = 8, 11
LOOPS = ("GREEDY", "GREEDYU", "LAZY", "LAZYU")


def read_instructions(spec):
    ops = []
    with open(os.path.join(spec, "regexp.md"), encoding="utf-8") as f:
        for line in f:
            cells = [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]]
            if len(cells) == 5 and cells[0].isdigit() and int(cells[0]) == len(ops):
                ops.append((cells[1], int(cells[2]) if cells[2].isdigit() else 0, cells[3].strip("`")))
    return ops


class Program:
    def __init__(self, data, ops):
        self.ops = ops
        (self.magic, self.size, self.version, self.flags, self.captures, self.pairs, code_off, self.code_words, data_off, self.data_words, self.names_off,
         self.name_count, _, self.search, _, self.whole, self.few, *_, self.first, self.prefix, self.required) = struct.unpack_from("<4sIHH9I4B4H3I", data)
        self.total = self.size // 4
        self.header = (self.magic == b"DXRX" and self.version == 1 and 72 <= self.size <= len(data) and self.size % 4 == 0 and self.flags <= 255 and
                       1 <= self.captures <= 65536 and self.captures <= self.pairs <= 1 << 24 and self.code_words >= 2 and code_off + self.code_words <= self.total and
                       data_off + self.data_words <= self.total and self.names_off <= self.total)
        if self.header:
            words = struct.unpack_from(f"<{self.total}I", data)
            self.code, self.data, self.names = words[code_off:code_off + self.code_words], words[data_off:data_off + self.data_words], words[self.names_off:]

    def filter_ok(self, at):
        return at + FILTER <= self.data_words

    def class_ok(self, at):
        if at + CLASS_WORDS > self.data_words:
            return False
        info = self.data[at + 8]
        return info >> 24 <= 3 and at + CLASS_WORDS + 2 * (info & 0xFFFFFF) <= self.data_words

    def literal_ok(self, at):
        n = self.data[at] & 0x7FFFFFFF if at < self.data_words else 0
        return n > 0 and at + 1 + (n + 1) // 2 + (n + 3) // 4 <= self.data_words

    def instructions(self):
        """[(at, name, arg, words)], or None."""
        out, at = [], 0
        while at < self.code_words:
            op, arg = self.code[at] & 255, self.code[at] >> 8
            if op >= len(self.ops):
                return None
            name, words, _ = self.ops[op]
            n = words or {"STR": 1 + ((arg >> 1) + 1) // 2 + ((arg >> 1) + 3) // 4, "SWITCH": 66 + arg, "TREE": 2 + 2 * arg, "BACKREF": 1 + (arg >> 8)}[name]
            if at + n > self.code_words:
                return None
            before = out[-1][1] if out else ""
            if (name == "NEXT_START") != (at == 0) or name.endswith("_MORE") != (before in LOOPS) or (name.endswith("_MORE") and name != before + "_MORE"):
                return None
            out.append((at, name, arg, self.code[at:at + n]))
            at += n
        return out if len(out) > 1 and out[-1][1] in ("MATCH", "FAIL", "JMP") else None

    def instruction_ok(self, at, name, arg, words, targets):
        kinds = self.ops[words[0] & 255][2]
        for kind, w in zip(kinds, words[1:]):
            ok = {"t": w in targets, "c": kind != "c" or self.class_ok(w), "f": w == 0 or self.filter_ok(w), "p": self.captures <= w < self.pairs, "n": True}[kind]
            if not ok:
                return False
        ahead = {"JMP": words[1:2], "SWITCH": words[66:], "TREE": words[3::2]}.get(name, ())
        if not all(t in targets and t > at for t in ahead):
            return False
        if name in ("OPEN", "CLOSE", "OPEN_BACK", "CLOSE_BACK"):
            return arg < self.captures
        if name in ("RESET", "LOOK"):
            return words[-2] <= words[-1] <= self.captures
        if name == "SWITCH":
            table = struct.pack("<64I", *words[2:66]) + bytes([words[1] & 255, words[1] >> 8 & 255])
            return all(b == 255 or b < arg for b in table)
        if name == "BACKREF":
            return all(w < self.captures for w in words[1:]) and arg >> 1 & 3 < 3
        return True

    def search_ok(self):
        if self.search > 5 or self.few > 4 or (self.search == 3 and not self.few) or (self.search == 4 and not self.filter_ok(self.first)):
            return False
        if (self.search == 2 or self.whole) and not self.literal_ok(self.prefix):
            return False
        return not (self.whole and (self.search != 2 or self.captures != 1)) and (not self.required or self.literal_ok(self.required))

    def names_ok(self):
        room = self.total - self.names_off
        if self.name_count > 65535 or self.name_count * 3 > room:
            return False
        rows = [self.names[3 * i:3 * i + 3] for i in range(self.name_count)]
        return all(off + (units + 1) // 2 <= room and group < self.captures for off, units, group in rows)


def program_ok(data, ops):
    if len(data) < 72:
        return False
    p = Program(data, ops)
    code = p.instructions() if p.header else None
    if not code or not p.search_ok() or not p.names_ok():
        return False
    targets = {at for at, name, _, _ in code if at and not name.endswith("_MORE")}
    return all(p.instruction_ok(*i, targets) for i in code)
