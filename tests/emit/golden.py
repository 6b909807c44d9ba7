#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Listings of the compiler's output: golden.py [--write] DXTC DXVM. Compares (or rewrites) NAME.dis beside every source of this folder."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def listing(dxtc, dxvm, source, work):
    module = os.path.join(work, "m.dxt")
    options = ["--test"] if ".test." in source else []
    subprocess.run([dxtc, *options, "tests/emit/" + source, "-o", module], check=True, cwd=os.path.join(HERE, "../.."))
    dump = subprocess.run([dxvm, "dump", module], check=True, capture_output=True, text=True).stdout
    return "".join(l + "\n" for l in dump.splitlines() if not l.startswith(("source ", "string ")))


def main():
    write = "--write" in sys.argv
    dxtc, dxvm = (os.path.abspath(a) for a in sys.argv[1:] if a != "--write")
    bad = 0
    with tempfile.TemporaryDirectory() as work:
        for source in sorted(os.listdir(HERE)):
            if not source.endswith((".js", ".ts", ".tsx")):
                continue
            text, path = listing(dxtc, dxvm, source, work), os.path.join(HERE, source + ".dis")
            if write:
                with open(path, "w", encoding="utf-8") as f:
                    f.write(text)
            elif not os.path.exists(path) or open(path, encoding="utf-8").read() != text:
                print(f"{path}: out of date (make golden, then read the diff)")
                bad += 1
    if not write:
        print(f"emit: {bad} listings out of date" if bad else "emit: listings are current")
    return 1 if bad else 0


sys.exit(main())
