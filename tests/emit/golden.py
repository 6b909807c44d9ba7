#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Listings of the compiler's output: golden.py [--write] DXTC DXVM. Compares (or rewrites) NAME.dis beside every source of this folder."""
import difflib
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
    return "".join(l + "\n" for l in dump.splitlines() if not l.startswith(("source ", "string ", "    pos ")))


def kept(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as f:
        return f.read()


def main():
    write = "--write" in sys.argv
    dxtc, dxvm = (os.path.abspath(a) for a in sys.argv[1:] if a != "--write")
    sources = sorted(s for s in os.listdir(HERE) if s.endswith((".js", ".ts", ".tsx")))
    bad = 0
    with tempfile.TemporaryDirectory() as work:
        for source in sources:
            path = os.path.join(HERE, source + ".dis")
            try:
                text = listing(dxtc, dxvm, source, work)
            except subprocess.CalledProcessError as e:
                bad += 1
                print(f"tests/emit/{source}: {os.path.basename(e.cmd[0])} ends with {e.returncode}")
                continue
            old = kept(path)
            if write and old != text:
                with open(path, "w", encoding="utf-8") as f:
                    f.write(text)
                print(f"wrote tests/emit/{source}.dis")
            elif old != text:
                bad += 1
                print(f"tests/emit/{source}.dis: out of date (make golden, then read the diff)")
                print("".join(list(difflib.unified_diff(old.splitlines(True), text.splitlines(True), n=1))[2:24]), end="")
    print(f"{len(sources) - bad} passed, {bad} failed")
    return 1 if bad else 0


sys.exit(main())
