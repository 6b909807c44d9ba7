#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs tests/read/cases: each file's own tail, the lines that begin with `//|`, is what parse_tool must print for it.

usage: run.py PARSE_TOOL [--write] [file …]      --write replaces the tails; read the difference before keeping it.
A first line `// goal: script` (module, commonjs, unknown) or `// ranges` chooses how the file is read."""
import os, subprocess, sys

tool, args = sys.argv[1], sys.argv[2:]
write = "--write" in args
here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases")
files = [a for a in args if a != "--write"] or sorted(os.path.join(here, f) for f in os.listdir(here))
failed = 0
for path in files:
    lines = open(path, encoding="utf-8").read().split("\n")
    cut = next((i for i, l in enumerate(lines) if l.startswith("//|")), len(lines))
    options = ["--dump"]
    for l in lines[:2]:
        if l.startswith("// goal: "):
            options.append("--" + l[9:].strip())
        if l.startswith("// ranges"):
            options.append("--ranges")
    name = os.path.basename(path)
    out = subprocess.run([os.path.abspath(tool), *options, name], cwd=os.path.dirname(path), capture_output=True, text=True)
    got = ["//|" + (" " + l if l else "") for l in out.stdout.rstrip("\n").split("\n")]
    if write:
        body = "\n".join(lines[:cut]).rstrip("\n")
        open(path, "w", encoding="utf-8").write(body + "\n" + "\n".join(got) + "\n")
    elif out.returncode not in (0, 1) or got != [l for l in lines[cut:] if l]:
        failed += 1
        want = [l for l in lines[cut:] if l]
        at = next((i for i, (a, b) in enumerate(zip(want + [""], got + [""])) if a != b), min(len(want), len(got)))
        print(f"{name}: line {at + 1} of the dump\n  want {want[at] if at < len(want) else '(end)'}\n  got  {got[at] if at < len(got) else '(end)'}{out.stderr}")
print(f"{len(files) - failed} of {len(files)} cases right" if not write else f"{len(files)} cases written")
sys.exit(1 if failed else 0)
