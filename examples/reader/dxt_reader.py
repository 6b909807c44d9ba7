#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A second reader of .dxt and .dxtl files, made from spec/ alone: Python 3, standard library only.

    dxt_reader.py [--spec DIR] FILE

prints the JSON form of an artifact (spec/dxt.md, "JSON form"). It takes the instruction set from spec/opcodes.md. The compressed part needs the
zstd command; without it `source` and positions are left out and a note goes to stderr. It checks structure, not bytecode.
"""
import json
import os
import re
import shutil
import struct
import subprocess
import sys

NONE = 0xFFFFFFFF
SECTIONS = [("PATH", 1), ("STRX", 4), ("STRU", 4), ("STRS", 8), ("CNST", 16), ("FUNC", 64), ("HNDL", 16), ("REQS", 16), ("IMPT", 8),
            ("EXPT", 16), ("SCOP", 16), ("SNAM", 8), ("SITE", 24), ("TEST", 32), ("DATA", 1), ("CODE", 1), ("COLD", 1)]
LAYOUT = [("MODT", 32), ("FILE", 72), ("TEST", 72), ("SUIT", 40), ("INPT", 56), ("GRPX", 4), ("GRPE", 4), ("PTHX", 4), ("PTHS", 1),
          ("NAMS", 1), ("STRQ", 4), ("STRS", 8), ("MODS", 8)]
OPERANDS = {"s": "H", "c": "H", "n": "H", "d": "H", "e": "H", "b": "B", "i": "i", "f": "Q", "L": "i",
            "S": "I", "K": "I", "F": "I", "m": "I", "M": "I", "A": "I", "P": "I"}
MASK = (1 << 64) - 1
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


def cold(data, notes):
    """Position rows and source, or None without the zstd command."""
    pos_count, source_len = struct.unpack_from("<II", data)
    frame = data[8:]
    if pos_count == 0 and source_len == 0:
        need(not frame, 14, "a frame of nothing")
        return [], b""
    if not shutil.which("zstd"):
        notes.append("no zstd command: positions and source are left out")
        return None, None
    raw = subprocess.run(["zstd", "-dcq"], input=frame, stdout=subprocess.PIPE, check=True).stdout
    need(len(raw) == pos_count * 12 + source_len, 14, "size of the compressed part")
    return rows(raw[:pos_count * 12], "III"), raw[pos_count * 12:]


def module(data, ops, notes, layout=None):
    need(len(data) >= 272, 1, "short file")
    magic, version, hash_, size = struct.unpack_from("<4sI16sQ", data)
    need(magic == b"DXTM", 2, "magic")
    need(version == 1, 3, f"version {version}")
    need(size == len(data), 4, "file size")
    kind, flags, main, init, env, dialect, form, count = struct.unpack_from("<8I", data, 32)
    need(form == (1 if layout else 0) and count == len(SECTIONS), 6, "form")
    need(not any(data[64 + 12 * len(SECTIONS):272]), 11, "padding of the table")
    s = table(data, 64, SECTIONS, "<4sII", 272)
    need(s["PATH"].endswith(b"\0") and s["PATH"].count(0) == 1 and len(s["PATH"]) > 1, 12, "path")
    offsets = [r[0] for r in rows(s["STRX"], "I")]
    if layout:
        uids = [r[0] for r in rows(s["STRU"], "I")]
        need([layout["offsets"][u] for u in uids] == offsets, 201, "string offsets")
        strings = [layout["unique"][u] for u in uids]
    else:
        strings = back_to_back(s["STRS"], offsets)
    pos, source = cold(s["COLD"], notes)
    handlers, functions = rows(s["HNDL"], "IIIHH"), []
    at = next_handler = next_pos = 0
    for f in struct.iter_unpack("<5I6H5I12s", s["FUNC"]):
        (name, fflags, code_off, code_len, handler_first, handler_count, ics, params, length, nlocals, stack, src_start, src_end,
         pos_first, pos_count, parent, reserved) = f
        need(code_off == at and code_len, 41, "place of code")
        need(handler_first == next_handler, 42, "place of handlers")
        need(pos_first == next_pos, 44, "place of positions")
        need(not any(reserved), 46, "reserved")
        functions.append({
            "name": name, "flags": fflags, "params": params, "length": length, "locals": nlocals, "stack": stack, "ics": ics,
            "src_start": src_start, "src_end": src_end, "parent": parent,
            "handlers": [h[:4] for h in handlers[handler_first:handler_first + handler_count]],
            "pos": None if pos is None else pos[pos_first:pos_first + pos_count],
            "code": code(ops, s["CODE"][code_off:code_off + code_len])})
        at, next_handler, next_pos = at + code_len, next_handler + handler_count, next_pos + pos_count
    need(at == len(s["CODE"]), 41, "code behind the last function")
    return {
        "kind": kind, "flags": flags, "main_func": main, "init_func": init, "env_slots": env, "dialect": dialect, "hash": hash_.hex(),
        "path": s["PATH"][:-1].decode("latin-1"), "strings": strings,
        "consts": [[k, aux, hex64(bits)] for k, aux, bits in rows(s["CNST"], "IIQ")],
        "requests": rows(s["REQS"], "4I"), "imports": rows(s["IMPT"], "2I"), "exports": rows(s["EXPT"], "4I"),
        "scopes": rows(s["SCOP"], "4I"), "scope_names": rows(s["SNAM"], "2I"), "sites": rows(s["SITE"], "6I"),
        "tests": rows(s["TEST"], "8I"), "data": s["DATA"].decode("latin-1"), "functions": functions,
        "source": None if source is None else source.decode("latin-1")}


def layout_file(data, ops, notes):
    need(len(data) >= 440, 1, "short file")
    (magic, version, hash_, size, source_hash, created, files, tests, suites, modules, count, paths, unique, inputs, files_off, tests_off,
     suites_off, modules_off, checksum) = struct.unpack_from("<4sI16sQ16sQ8I5Q", data)
    need(magic == b"DXTL", 2, "magic")
    need(version == 2, 3, f"version {version}")
    need(size == len(data), 4, "file size")
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
        need(hash_bytes(text) == hash_, 204, "name hash")
        return {"name_hash": hex64(hash_), "name": text.decode("latin-1")}

    out = {"hash": hash_.hex(), "source_hash": source_hash.hex(), "created_ns": hex64(created), "files": [], "tests": [], "suites": [], "inputs": []}
    for f in rows(s["FILE"], "Q16sQ8I8s"):
        out["files"].append(dict(zip(["path_hash", "dxt_hash", "dxt_offset", "dxt_size", "module", "test_count", "first_test", "suite_count",
                                      "first_suite", "flags", "dialect"], [hex64(f[0]), f[1].hex(), hex64(f[2])] + f[3:11])))
    for t in rows(s["TEST"], "QQQ8IHH12s"):
        row = name(t[0], t[3], t[4])
        row.update(zip(["code_off", "dependencies", "code_len", "file", "suite", "row", "func", "timeout_ms", "flags", "assertions"],
                       [hex64(t[1]), hex64(t[2])] + t[5:13]))
        out["tests"].append(row)
    for t in rows(s["SUIT"], "Q8I"):
        row = name(t[0], t[1], t[2])
        row.update(zip(["file", "parent", "row", "first_test", "test_count", "flags"], t[3:]))
        out["suites"].append(row)
    for i in rows(s["INPT"], "IIQQQQ16s"):
        out["inputs"].append({"path": i[0], "flags": i[1], "size": hex64(i[2]), "mtime_ns": hex64(i[3]),
                              "ctime_ns": hex64(i[4]), "inode": hex64(i[5]), "hash": i[6].hex()})
    out["paths"] = [s["PTHS"][a:b - 1].decode("latin-1") for a, b in zip(path_off, path_off[1:])]
    out["graph_first"], out["graph_edges"] = rows(s["GRPX"], "I"), rows(s["GRPE"], "I")
    out["unique_strings"] = texts
    out["modules"] = []
    for offset, length, zero, dxt_hash in rows(s["MODT"], "QII16s"):
        m = module(data[offset:offset + length], ops, notes, {"offsets": offsets, "unique": texts})
        need(m["hash"] == dxt_hash.hex() and zero == 0, 202, "module row")
        out["modules"].append(m)
    return out


def read(path, spec):
    notes = []
    with open(path, "rb") as f:
        data = f.read()
    ops = read_opcodes(spec)
    artifact = layout_file(data, ops, notes) if data[:4] == b"DXTL" else module(data, ops, notes)
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
