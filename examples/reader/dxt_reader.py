#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A second reader of .dxt and .dxtl files, made from spec/ alone: Python 3, standard library only.

    dxt_reader.py [--spec DIR] FILE

prints the JSON form of an artifact (spec/dxt.md, "JSON form"). It takes the instruction set from spec/opcodes.md. The compressed part needs the
zstd command; without it `source` and positions are left out and a note goes to stderr. It checks what can be checked without following control:
rules 1 to 56, 100, 101 and those of layouts, 200 to 208.
"""
import json
import os
import re
import shutil
import struct
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from blake3 import hash128  # noqa: E402
from regexp_program import program_ok, read_instructions  # noqa: E402

NONE = 0xFFFFFFFF
SECTIONS = [("PATH", 1), ("STRX", 4), ("STRU", 4), ("STRS", 8), ("CNST", 16), ("FUNC", 64), ("HNDL", 16), ("REQS", 16), ("IMPT", 8),
            ("EXPT", 16), ("SCOP", 16), ("SNAM", 8), ("SITE", 24), ("TEST", 32), ("DATA", 1), ("CODE", 1), ("COLD", 1)]
LAYOUT = [("MODT", 32), ("FILE", 72), ("TEST", 72), ("SUIT", 40), ("INPT", 56), ("GRPX", 4), ("GRPE", 4), ("PTHX", 4), ("PTHS", 1),
          ("NAMS", 1), ("STRQ", 4), ("STRS", 8), ("MODS", 8)]
OPERANDS = {"s": "H", "c": "H", "n": "H", "d": "H", "e": "H", "b": "B", "i": "i", "f": "Q", "L": "i",
            "S": "I", "K": "I", "F": "I", "m": "I", "M": "I", "A": "I", "P": "I"}
MASK = (1 << 64) - 1
NAN = 0x7FF8000000000000
ASYNC, GENERATOR, ARROW, CLASS_CTOR, NO_CTOR = 4, 8, 2, 32, 16384
K0, K1, K2, K3 = 0x9E3779B97F4A7C15, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3


class Refused(Exception):
    pass


def need(ok, rule, what):
    if not ok:
        raise Refused(f"rule {rule}: {what}")


def mum(a, b):
    p = a * b
    return (p & MASK) ^ (p >> 64)


def fold(words, n):
    h = K0 ^ n
    for i in range(0, len(words), 2):
        h = mum(words[i] ^ K1, words[i + 1] ^ h)
    return mum(h ^ K2, n ^ K3)


def string_hash(units):
    padded = units + [0] * (-len(units) % 8)
    words = [sum(padded[i + j] << 16 * j for j in range(4)) for i in range(0, len(padded), 4)]
    r = fold(words, len(units))
    return (r ^ r >> 32) & 0xFFFFFFFF


def hash_bytes(data):
    padded = data + bytes(-len(data) % 16)
    return fold(list(struct.unpack(f"<{len(padded) // 8}Q", padded)), len(data))


def hex64(v):
    return f"{v:016x}"


def read_opcodes(spec):
    ops = {}
    with open(os.path.join(spec, "opcodes.md"), encoding="utf-8") as f:
        for line in f:
            cells = [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]]
            if len(cells) == 9 and re.fullmatch("[0-9A-F]{2}", cells[0]):
                ops[int(cells[0], 16)] = (cells[1], cells[2].strip("`"))
    return ops


def path_ok(text):
    """One zero byte, at the end, behind well-formed UTF-8 that is not empty."""
    try:
        return len(text) > 1 and text.index(0) == len(text) - 1 and text.decode("utf-8") is not None
    except (ValueError, UnicodeDecodeError):
        return False


def align8(n):
    return (n + 7) & ~7


def table(data, at, names, fmt, start):
    """Section table → {tag: bytes}; sections follow one another and end with the file."""
    out, size, following = {}, struct.calcsize(fmt), start
    for i, (tag, row) in enumerate(names):
        fields = struct.unpack_from(fmt, data, at + i * size)
        offset, length = fields[-2:]
        need(fields[0] == tag.encode(), 7, f"section {i} is not {tag}")
        need(offset == following and offset + length <= len(data), 9, f"place of {tag}")
        need(length % row == 0 and (len(fields) == 3 or fields[1] == row), 10, f"rows of {tag}")
        following = align8(offset + length)
        need(not any(data[offset + length:following]), 11, f"padding of {tag}")
        out[tag] = data[offset:offset + length]
    need(following == len(data), 9, "bytes behind the last section")
    return out


def cell(strs, at):
    size, kind, mark, flags, aux, length, hash_ = struct.unpack_from("<IBBBBII", strs, at)
    wide = flags & 1
    need(kind == 1 and mark == 0 and aux == 0, 21, f"string at {at}")
    need(flags & ~5 == 8, 22, f"string at {at}")
    end = at + 16 + length * (2 if wide else 1)
    need(size * 8 == max(24, align8(end - at)) and at + size * 8 <= len(strs), 21, f"string at {at}")
    units = list(struct.unpack_from(f"<{length}H", strs, at + 16)) if wide else list(strs[at + 16:end])
    need(not wide or any(u > 255 for u in units), 23, f"string at {at}")
    need(hash_ == string_hash(units), 24, f"string at {at}")
    need(not any(strs[end:at + size * 8]), 26, f"string at {at}")
    text = "".join(map(chr, units))
    index = bool(re.fullmatch("0|[1-9][0-9]{0,9}", text)) and int(text) < NONE
    need(index == bool(flags & 4), 25, f"string at {at}")
    return text, size * 8


def back_to_back(strs, offsets):
    at, out = 0, []
    for i, off in enumerate(offsets):
        need(off == at, 20, f"string {i}")
        text, size = cell(strs, at)
        out.append(text)
        at += size
    need(at == len(strs), 20, "bytes behind the last string")
    return out


def rows(data, fmt):
    return [list(r) for r in struct.iter_unpack("<" + fmt, data)]


def code(ops, body):
    """[[name, operand…]…]; labels become positions."""
    out, pc = [], 0
    while pc < len(body):
        need(body[pc] in ops, 100, f"opcode {body[pc]:02x}")
        name, operands = ops[body[pc]]
        fmt = "<" + "".join(OPERANDS[k] for k in operands)
        need(pc + 1 + struct.calcsize(fmt) <= len(body), 101, name)
        values = list(struct.unpack_from(fmt, body, pc + 1))
        for i, k in enumerate(operands):
            if k == "L":
                values[i] += pc
            elif k == "f":
                values[i] = hex64(values[i])
        out.append([name] + values)
        pc += 1 + struct.calcsize(fmt)
    return out


def frame_size(frame):
    """The content size that a zstd frame declares (RFC 8878, 3.1.1), None without one."""
    if len(frame) < 6 or frame[:4] != b"\x28\xb5\x2f\xfd":
        return None
    flags = frame[4]
    single, at = flags >> 5 & 1, 5 + (0 if flags >> 5 & 1 else 1) + (0, 1, 2, 4)[flags & 3]
    size = (1 if single else 0, 2, 4, 8)[flags >> 6]
    if not size or len(frame) < at + size:
        return None
    return int.from_bytes(frame[at:at + size], "little") + (256 if size == 2 else 0)


def cold(data, notes):
    """Number of position rows, bytes of source; the rows and the source, or None and None without the zstd command."""
    need(len(data) >= 8, 14, "no head of COLD")
    pos_count, source_len = struct.unpack_from("<II", data)
    frame, size = data[8:], pos_count * 12 + source_len
    need(pos_count * 12 <= 1 << 30 and source_len <= 1 << 30, 13, "size of the compressed part")
    if not size:
        need(not frame, 14, "a frame of nothing")
        return 0, 0, [], b""
    need(frame_size(frame) == size, 14, "size in the frame")
    if not shutil.which("zstd"):
        notes.append("no zstd command: positions and source are left out")
        return pos_count, source_len, None, None
    done = subprocess.run(["zstd", "-dcq"], input=frame, capture_output=True)
    need(done.returncode == 0 and len(done.stdout) == size, 14, "the frame")
    return pos_count, source_len, rows(done.stdout[:pos_count * 12], "III"), done.stdout[pos_count * 12:]


# ---- tables of a module. `m` holds what the rows may name.

class Tables:
    def __init__(self, header, s, strings, layout, source_len):
        self.kind, self.flags, self.main, self.init, self.env_slots, self.dialect = header
        self.strings, self.layout, self.source_len, self.data = strings, layout, source_len, s["DATA"]
        self.consts, self.funcs = rows(s["CNST"], "IIQ"), rows(s["FUNC"], "5I6H5I12s")
        self.requests, self.imports, self.exports = rows(s["REQS"], "4I"), rows(s["IMPT"], "2I"), rows(s["EXPT"], "4I")
        self.scopes, self.scope_names = rows(s["SCOP"], "4I"), rows(s["SNAM"], "2I")
        self.sites, self.tests = rows(s["SITE"], "6I"), rows(s["TEST"], "8I")

    def string(self, i):
        return i < len(self.strings)

    def string_or_none(self, i):
        return i == NONE or self.string(i)

    def word(self, at):
        return struct.unpack_from("<I", self.data, at)[0]

    def scalars(self):
        need(1 <= self.kind <= 5 and self.flags < 32 and self.dialect <= 4 and self.env_slots <= (65535 if self.kind == 1 else 0), 30, "kind, flags, dialect, slots")
        n = len(self.funcs)
        need(self.main < n and (self.init < n or self.init == NONE), 30, "main or init function")
        body, init = self.funcs[self.main][1], 0 if self.init == NONE else self.funcs[self.init][1]
        need(not body & GENERATOR and not init & (GENERATOR | ASYNC) and bool(body & ASYNC) == bool(self.flags & 1), 30, "flags of the body")

    def constant(self, kind, aux, bits, instructions):
        """Checks one; returns the bytes of DATA that it names."""
        need(1 <= kind <= 6 and (kind == 5 or aux == 0), 31, f"kind {kind}")
        if kind == 1:
            need(bits & MASK >> 1 <= 0x7FF0000000000000 or bits == NAN, 32, "a double")
        elif kind == 2:
            low = bits & 0xFFFFFFFF
            need(bits == (low | 0xFFFFFFFF00000000 if low >> 31 else low), 33, "an int32")
        elif kind in (3, 4):
            need(self.string(bits), 34, "a string")
            need(kind == 3 or (re.fullmatch("0|-?[1-9][0-9]*", self.strings[bits])), 35, "a bigint")
        elif kind == 5:
            need(self.string(bits & 0xFFFFFFFF) and self.string(bits >> 32), 34, "a regular expression")
            if aux == NONE:
                return 0
            need(aux % 4 == 0 and aux + 4 <= len(self.data) and aux + 4 + self.word(aux) <= len(self.data), 36, "a program")
            need(program_ok(self.data[aux + 4:aux + 4 + self.word(aux)], instructions), 37, "a program")
            return self.word(aux)
        else:
            need(bits % 4 == 0 and bits + 4 <= len(self.data), 38, "a template")
            n = self.word(bits)
            need(n and bits + 4 + n * 8 <= len(self.data), 38, "a template")
            pairs = struct.iter_unpack("<II", self.data[bits + 4:bits + 4 + n * 8])
            need(all(self.string_or_none(cooked) and self.string(raw) for cooked, raw in pairs), 38, "a template")
            return n * 8
        return 0

    def check_consts(self, instructions):
        work = sum(self.constant(*c, instructions) for c in self.consts)
        need(work <= len(self.data) * 4 + 4096, 13, "constants share rows of DATA too often")

    def check_funcs(self, code_len, handler_count, pos_count):
        at = handler = pos = 0
        for i, f in enumerate(self.funcs):
            (name, flags, code_off, length, first_handler, handlers, _, params, _, nlocals, _, src_start, src_end, first_pos, positions, parent, reserved) = f
            need(not flags & (ASYNC | GENERATOR | ARROW) or flags & (NO_CTOR | CLASS_CTOR) == NO_CTOR, 40, f"function {i} is a constructor")
            need(self.string(name) and flags < 1 << 19 and (parent == NONE or parent < len(self.funcs)) and parent != i, 40, f"function {i}")
            need(code_off == at and length, 41, f"code of function {i}")
            need(first_handler == handler, 42, f"handlers of function {i}")
            need(params + nlocals <= 65534, 43, f"slots of function {i}")
            need(src_start <= src_end <= self.source_len and first_pos == pos, 44, f"source of function {i}")
            need(not any(reserved), 46, f"function {i}")
            at, handler, pos = at + length, handler + handlers, pos + positions
        need(at == code_len, 41, "code behind the last function")
        need(handler == handler_count, 42, "handlers behind the last function's")
        need(pos == pos_count, 44, "positions behind the last function's")

    def check_positions(self, i, pos):
        last, length = 0, self.funcs[i][3]
        for pc, offset, span in pos:
            back = (span & 0xFFF) - (0x1000 if span & 0x800 else 0)
            start = offset - back
            need(last <= pc < length and offset <= self.source_len and start >= 0 and start + (span >> 12) <= self.source_len, 15, f"positions of function {i}")
            last = pc

    def check_linkage(self):
        for specifier, to, attributes, flags in self.requests:
            need(self.string(specifier) and self.string_or_none(attributes) and flags < 32 and (to == NONE or (self.layout and to < self.layout["modules"])), 50, "a request")
        for request, name in self.imports:
            need(request < len(self.requests) and self.string_or_none(name), 51, "an import")
        for name, kind, place, import_name in self.exports:
            need(kind <= 3 and (name == NONE if kind == 2 else self.string(name)) and place < (len(self.requests) if kind else self.env_slots), 52, "an export")
            need(self.string(import_name) if kind == 1 else import_name in (0, NONE), 52, "an export")

    def check_scopes(self):
        for i, (first, count, flags, parent) in enumerate(self.scopes):
            need(first + count <= len(self.scope_names) and flags < 512 and (parent == NONE or parent < i), 53, f"scope {i}")
        for name, flags in self.scope_names:
            row_ok = flags >> 8 < len(self.imports) and flags & 0xE0 == 0 if flags & 16 else flags < 16
            need(self.string(name) and row_ok, 54, "a scope name")

    def check_tests(self):
        for offset, _, _, matcher, flags, func in self.sites:
            need(self.string(matcher) and func < len(self.funcs) and offset <= self.source_len and flags < 8, 55, "a site")
        for i, (name, parent, flags, _, func, offset, _, _) in enumerate(self.tests):
            need(self.string(name) and flags < 128 and (func == NONE or func < len(self.funcs)) and offset <= self.source_len, 56, f"test {i}")
            need(parent == NONE or (parent < i and self.tests[parent][2] & 1), 56, f"parent of test {i}")


def module(data, tables, notes, layout=None, hashes=True):
    ops, instructions = tables
    need(len(data) >= 272, 1, "short file")
    magic, version, hash_, size = struct.unpack_from("<4sI16sQ", data)
    need(magic == b"DXTM", 2, "magic")
    need(version == 1, 3, f"version {version}")
    need(size == len(data), 4, "file size")
    need(layout or not hashes or hash_ == hash128(data[24:]), 5, "content hash")
    header = struct.unpack_from("<6I", data, 32)
    form, count = struct.unpack_from("<2I", data, 56)
    need(form == (1 if layout else 0) and count == len(SECTIONS), 6, "form")
    need(not any(data[64 + 12 * len(SECTIONS):272]), 11, "padding of the table")
    s = table(data, 64, SECTIONS, "<4sII", 272)
    need(not s["STRS" if layout else "STRU"], 10, "a section that this form excludes")
    need(path_ok(s["PATH"]), 12, "path")
    offsets = [r[0] for r in rows(s["STRX"], "I")]
    if layout:
        uids = [r[0] for r in rows(s["STRU"], "I")]
        need(all(u < len(layout["offsets"]) for u in uids) and [layout["offsets"][u] for u in uids] == offsets, 201, "string offsets")
        strings = [layout["unique"][u] for u in uids]
    else:
        strings = back_to_back(s["STRS"], offsets)
    pos_count, source_len, pos, source = cold(s["COLD"], notes)
    t = Tables(header, s, strings, layout, source_len)
    handlers, functions = rows(s["HNDL"], "IIIHH"), []
    t.scalars()
    t.check_consts(instructions)
    t.check_funcs(len(s["CODE"]), len(handlers), pos_count)
    t.check_linkage()
    t.check_scopes()
    t.check_tests()
    need(not any(h[4] for h in handlers), 46, "reserved")
    for i, f in enumerate(t.funcs):
        own = None if pos is None else pos[f[13]:f[13] + f[14]]
        t.check_positions(i, own or [])
        functions.append({
            "name": f[0], "flags": f[1], "params": f[7], "length": f[8], "locals": f[9], "stack": f[10], "ics": f[6],
            "src_start": f[11], "src_end": f[12], "parent": f[15],
            "handlers": [h[:4] for h in handlers[f[4]:f[4] + f[5]]], "pos": own,
            "code": code(ops, s["CODE"][f[2]:f[2] + f[3]])})
    return {
        "kind": t.kind, "flags": t.flags, "main_func": t.main, "init_func": t.init, "env_slots": t.env_slots, "dialect": t.dialect, "hash": hash_.hex(),
        "path": s["PATH"][:-1].decode("latin-1"), "strings": strings,
        "consts": [[k, aux, hex64(bits)] for k, aux, bits in t.consts],
        "requests": t.requests, "imports": t.imports, "exports": t.exports, "scopes": t.scopes, "scope_names": t.scope_names, "sites": t.sites,
        "tests": t.tests, "data": t.data.decode("latin-1"), "functions": functions,
        "source": None if source is None else source.decode("latin-1")}


def layout_file(data, tables, notes, hashes=True):
    need(len(data) >= 440, 1, "short file")
    (magic, version, hash_, size, source_hash, created, files, tests, suites, modules, count, paths, unique, inputs, files_off, tests_off,
     suites_off, modules_off, checksum) = struct.unpack_from("<4sI16sQ16sQ8I5Q", data)
    need(magic == b"DXTL", 2, "magic")
    need(version == 2, 3, f"version {version}")
    need(size == len(data), 4, "file size")
    need(not hashes or hash_ == hash128(data[24:]), 5, "content hash")
    need(count == len(LAYOUT), 6, "header")
    need(checksum == hash_bytes(data[24:120]) ^ hash_bytes(data[128:]), 208, "checksum")
    s = table(data, 128, LAYOUT, "<4sIQQ", 440)
    offsets = [r[0] for r in rows(s["STRQ"], "I")]
    texts = back_to_back(s["STRS"], offsets)
    need(len(set(texts)) == len(texts), 207, "equal strings")
    path_off = [r[0] for r in rows(s["PTHX"], "I")] + [len(s["PTHS"])]
    names = s["NAMS"]
    need([len(s["FILE"]) // 72, len(s["TEST"]) // 72, len(s["SUIT"]) // 40, len(s["MODT"]) // 32, len(path_off) - 1, len(offsets),
          len(s["INPT"]) // 56] == [files, tests, suites, modules, paths, unique, inputs], 200, "counts")

    def name(hash_, off, length):
        text = names[off:off + length]
        need(off + length <= len(names) and hash_bytes(text) == hash_, 204, "name")
        return {"name_hash": hex64(hash_), "name": text.decode("latin-1")}

    place = {tag: offset for tag, _, offset, _ in struct.iter_unpack("<4sIQQ", data[128:440])}
    need([files_off, tests_off, suites_off, modules_off] == [place[t] for t in (b"FILE", b"TEST", b"SUIT", b"MODS")], 200, "offsets")
    out = {"hash": hash_.hex(), "source_hash": source_hash.hex(), "created_ns": hex64(created), "files": [], "tests": [], "suites": [], "inputs": []}
    out["paths"] = [s["PTHS"][a:b - 1].decode("latin-1") for a, b in zip(path_off, path_off[1:])]
    need((path_off[0] == 0 and all(path_ok(s["PTHS"][a:b]) for a, b in zip(path_off, path_off[1:]))), 12, "paths")
    first, edges = [r[0] for r in rows(s["GRPX"], "I")], [r[0] for r in rows(s["GRPE"], "I")]
    need(len(first) == modules + 1 and first == sorted(first) and first[0] == 0 and first[-1] == len(edges) and all(e < modules for e in edges), 206, "graph")
    out["graph_first"], out["graph_edges"] = rows(s["GRPX"], "I"), rows(s["GRPE"], "I")
    out["unique_strings"] = texts
    out["modules"], images, at = [], [], place[b"MODS"]
    for offset, length, zero, dxt_hash in rows(s["MODT"], "QII16s"):
        need(offset == at and length % 8 == 0 and zero == 0 and offset + length <= len(data), 202, "module row")
        at += length
        m = module(data[offset:offset + length], tables, notes, {"offsets": offsets, "unique": texts, "modules": modules})
        need(m["hash"] == dxt_hash.hex(), 5, "hash of a module")
        out["modules"].append(m)
        images.append((offset, length, dxt_hash))
    need(at == place[b"MODS"] + len(s["MODS"]), 202, "bytes behind the last module")
    code_at = [offset + struct.unpack_from("<I", data, offset + 64 + 12 * 15 + 4)[0] for offset, _, _ in images]  # section CODE is row 15
    file_rows, test_rows, suite_rows = rows(s["FILE"], "Q16sQ8I8s"), rows(s["TEST"], "QQQ8IHH12s"), rows(s["SUIT"], "Q8I")
    next_test = next_suite = 0
    for i, f in enumerate(file_rows):
        out["files"].append(dict(zip(["path_hash", "dxt_hash", "dxt_offset", "dxt_size", "module", "test_count", "first_test", "suite_count",
                                      "first_suite", "flags", "dialect"], [hex64(f[0]), f[1].hex(), hex64(f[2])] + f[3:11])))
        need(f[4] < modules and f[6] == next_test and f[8] == next_suite and not any(f[11]), 203, f"file {i}")
        m = out["modules"][f[4]]
        need((f[2], f[3], f[1]) == images[f[4]] and (f[9], f[10]) == (m["flags"], m["dialect"]) and f[0] == hash_bytes(m["path"].encode("latin-1")), 203, f"file {i}")
        next_test, next_suite = next_test + f[5], next_suite + f[7]
        need(next_test <= tests and next_suite <= suites, 203, f"tests of file {i}")
    need((next_test, next_suite) == (tests, suites), 203, "tests of no file")
    for t in test_rows:
        row = name(t[0], t[3], t[4])
        row.update(zip(["code_off", "dependencies", "code_len", "file", "suite", "row", "func", "timeout_ms", "flags", "assertions"],
                       [hex64(t[1]), hex64(t[2])] + t[5:13]))
        out["tests"].append(row)
        code_off, code_len, file, suite, at, func = t[1], t[5], t[6], t[7], t[8], t[9]
        need(file < files and not any(t[13]), 204, "a test")
        f, m = file_rows[file], out["modules"][file_rows[file][4]]
        need(at < len(m["tests"]) and (suite == NONE or f[8] <= suite < f[8] + f[7]), 204, "a test")
        if func == NONE:
            need(code_off == 0 and code_len == 0, 204, "code of a test")
        else:
            need(func < len(m["functions"]), 204, "function of a test")
            own = struct.unpack_from("<II", data, images[f[4]][0] + func_row(data, images[f[4]][0], func) + 8)
            need((code_off, code_len) == (code_at[f[4]] + own[0], own[1]), 204, "code of a test")
    for i, t in enumerate(suite_rows):
        row = name(t[0], t[1], t[2])
        row.update(zip(["file", "parent", "row", "first_test", "test_count", "flags"], t[3:]))
        out["suites"].append(row)
        need(t[3] < files, 204, f"suite {i}")
        f, m = file_rows[t[3]], out["modules"][file_rows[t[3]][4]]
        need(t[5] < len(m["tests"]) and (t[4] == NONE or f[8] <= t[4] < i) and (not t[7] or f[6] <= t[6] and t[6] + t[7] <= f[6] + f[5]), 204, f"suite {i}")
    for i in rows(s["INPT"], "IIQQQQ16s"):
        need(i[0] < paths and i[1] < 4, 205, "an input")
        out["inputs"].append({"path": i[0], "flags": i[1], "size": hex64(i[2]), "mtime_ns": hex64(i[3]),
                              "ctime_ns": hex64(i[4]), "inode": hex64(i[5]), "hash": i[6].hex()})
    return out


def func_row(image, start, i):
    """Where a function's row lies in its image: section FUNC is row 5 of the section table."""
    return struct.unpack_from("<I", image, start + 64 + 12 * 5 + 4)[0] + 64 * i


def read(path, spec, hashes=True):
    """The artifact as it is printed, and notes. hashes=False leaves out the content hash, which takes seconds a megabyte here."""
    notes = []
    with open(path, "rb") as f:
        data = f.read()
    tables = read_opcodes(spec), read_instructions(spec)
    need(len(data) >= 4, 1, "short file")
    artifact = layout_file(data, tables, notes, hashes) if data[:4] == b"DXTL" else module(data, tables, notes, hashes=hashes)
    return artifact, notes


def main(argv):
    spec = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "spec")
    if argv[1:2] == ["--spec"] and len(argv) > 3:
        spec, argv = argv[2], argv[:1] + argv[3:]
    if len(argv) != 2:
        sys.exit("usage: dxt_reader.py [--spec DIR] FILE")
    try:
        artifact, notes = read(argv[1], spec)
    except (Refused, struct.error, OSError) as e:
        sys.exit(f"{argv[1]}: error: {e}")
    for note in sorted(set(notes)):
        print(note, file=sys.stderr)
    json.dump(artifact, sys.stdout)
    print()


if __name__ == "__main__":
    main(sys.argv)
