#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares `dxvm dump --json` with the second reader on every artifact under the given paths; text modules (.dxa) are assembled first.
A text module below a folder `bad` must be refused with the rule that its name begins with, as far as the second reader checks rules.

    second_reader.py DXVM PATH...
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "examples", "reader"))
import dxt_reader  # noqa: E402


def artifacts(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, _, files in sorted(os.walk(path)):
            yield from (os.path.join(folder, f) for f in sorted(files) if f.endswith((".dxt", ".dxtl", ".dxa")))


def strip(x):
    """Without what the second reader leaves out when there is no zstd command."""
    if isinstance(x, dict):
        return {k: strip(v) for k, v in x.items() if k not in ("source", "pos")}
    return [strip(v) for v in x] if isinstance(x, list) else x


def difference(a, b, where="$"):
    if type(a) is not type(b):
        return f"{where}: {a!r} and {b!r}"
    if isinstance(a, dict):
        for k in sorted(set(a) | set(b)):
            if k not in a or k not in b:
                return f"{where}.{k} is missing on one side"
            d = difference(a[k], b[k], f"{where}.{k}")
            if d:
                return d
    elif isinstance(a, list):
        if len(a) != len(b):
            return f"{where}: {len(a)} and {len(b)} items"
        for i, (x, y) in enumerate(zip(a, b)):
            d = difference(x, y, f"{where}[{i}]")
            if d:
                return d
    elif a != b:
        return f"{where}: {a!r} and {b!r}"
    return None


def checks(rule):
    return rule <= 56 or rule in (100, 101) or rule >= 200


def refusal(file):
    """What the second reader says of an artifact that is not sound."""
    try:
        dxt_reader.read(file, os.path.join(ROOT, "spec"))
    except dxt_reader.Refused as e:
        return str(e)
    return "accepted"


def main(argv):
    dxvm, failed, count = argv[1], 0, 0
    with tempfile.TemporaryDirectory() as tmp:
        for path in artifacts(argv[2:]):
            file = path
            if path.endswith(".dxa"):
                file = os.path.join(tmp, "module.dxt")
                bad = os.path.basename(os.path.dirname(path)) == "bad"
                rule = int(os.path.basename(path).split("_")[0]) if bad else 0
                if bad and (rule == 300 or not checks(rule)):
                    continue
                subprocess.run([dxvm, "asm", "-o", file, path], check=True)
                if bad:
                    count += 1
                    said = refusal(file)
                    if not said.startswith(f"rule {rule}:"):
                        failed += 1
                        print(f"{path}: {said}", file=sys.stderr)
                    continue
            first = json.loads(subprocess.run([dxvm, "dump", "--json", file], check=True, stdout=subprocess.PIPE).stdout)
            try:
                second, notes = dxt_reader.read(file, os.path.join(ROOT, "spec"))
                second = json.loads(json.dumps(second))  # pairs of surrogates become one character, as on the other side
            except dxt_reader.Refused as e:
                second, notes = str(e), []
            if notes:
                first, second = strip(first), strip(second)
            count += 1
            d = difference(first, second)
            if d:
                failed += 1
                print(f"{path}: {d}", file=sys.stderr)
    print(f"second reader: {count} artifacts, {failed} differ")
    sys.exit(1 if failed or not count else 0)


if __name__ == "__main__":
    main(sys.argv)
