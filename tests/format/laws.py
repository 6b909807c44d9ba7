#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The laws every module must obey, over every source under the given paths: the same input gives the same bytes; the file passes the verifier;
assembling its listing gives its bytes again. With --read also: the second reader agrees on it.

    laws.py [--read] DXTC DXVM PATH...

Sources that the compiler refuses are counted, not judged. Exit code 1 if a law is broken.
"""
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "examples", "reader"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import dxt_reader  # noqa: E402
from second_reader import difference, strip  # noqa: E402

SUFFIXES = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx")


def sources(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, folders, files in os.walk(path):
            folders.sort()
            yield from (os.path.join(folder, f) for f in sorted(files) if f.endswith(SUFFIXES) and not f.endswith(".d.ts"))


def run(*argv):
    return subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)


def content(path):
    with open(path, "rb") as f:
        return f.read()


def judge(source, dxtc, dxvm, read):
    """None: refused by the compiler; else a list of broken laws."""
    broken = []
    with tempfile.TemporaryDirectory() as tmp:
        a, b, text = (os.path.join(tmp, n) for n in ("a.dxt", "b.dxt", "a.dxa"))
        compiled = run(dxtc, source, "-o", a)
        if compiled.returncode < 0:
            return [f"the compiler dies of signal {-compiled.returncode}"]
        if compiled.returncode:
            return None
        run(dxtc, source, "-o", b)
        if content(a) != content(b):
            broken.append("two compilations differ")
        verified = run(dxvm, "verify", a)
        if verified.returncode:
            return broken + [verified.stderr.decode(errors="replace").strip().replace(a + ": ", "")]
        with open(text, "wb") as f:
            f.write(run(dxvm, "dump", a).stdout)
        again = run(dxvm, "asm", "-o", b, text)
        if again.returncode or content(a) != content(b):
            broken.append("the listing gives other bytes " + again.stderr.decode(errors="replace"))
        if read:
            first = json.loads(run(dxvm, "dump", "--json", a).stdout)
            second, notes = dxt_reader.read(a, os.path.join(ROOT, "spec"))
            second = json.loads(json.dumps(second))
            d = difference(strip(first), strip(second)) if notes else difference(first, second)
            if d:
                broken.append("second reader: " + d)
    return broken


def main(argv):
    read = "--read" in argv
    dxtc, dxvm, *paths = [a for a in argv[1:] if a != "--read"]
    modules = refused = failed = 0
    files = list(sources(paths))
    with ThreadPoolExecutor(2) as pool:
        for source, broken in zip(files, pool.map(lambda s: judge(s, dxtc, dxvm, read), files)):
            refused += broken is None
            modules += broken is not None
            failed += bool(broken)
            for b in broken or []:
                print(f"{source}: {b}", file=sys.stderr)
    print(f"laws: {modules} modules, {failed} break one, {refused} sources refused by the compiler")
    sys.exit(1 if failed or not modules else 0)


if __name__ == "__main__":
    main(sys.argv)
