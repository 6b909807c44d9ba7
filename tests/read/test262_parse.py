#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the parser's verdict with test262 metadata: valid files must parse, files with `negative: phase: parse` must not.

usage: test262_parse.py PARSE_TOOL TEST262_DIR [subdirectory …]
Redeclarations and other scope errors belong to the resolve pass: files whose only mistake is of this kind are counted apart
(by the words of their description and path)."""
import re, subprocess, sys, tempfile, os

tool, root = sys.argv[1], sys.argv[2]
dirs = sys.argv[3:] or ["test/language"]
front = re.compile(r"/\*---(.*?)---\*/", re.S)
jobs = []
for d in dirs:
    for base, _, files in os.walk(os.path.join(root, d)):
        for f in sorted(files):
            if not f.endswith(".js") or "_FIXTURE" in f:
                continue
            path = os.path.join(base, f)
            text = open(path, encoding="utf-8", errors="surrogateescape").read()
            m = front.search(text)
            meta = m.group(1) if m else ""
            flags = re.search(r"flags:\s*\[(.*?)\]", meta)
            flags = [x.strip() for x in flags.group(1).split(",")] if flags else re.findall(r"^\s+-\s*(module|onlyStrict|noStrict|raw)\s*$", meta, re.M)
            bad = re.search(r"negative:\s*\n\s+phase:\s*parse", meta) is not None
            modes = ["module"] if "module" in flags else ["strict"] if "onlyStrict" in flags else ["script"] if "noStrict" in flags or "raw" in flags else ["script", "strict"]
            for mode in modes:
                jobs.append((mode, path, bad, meta))

with tempfile.NamedTemporaryFile("w", suffix=".list", delete=False) as t:
    for mode, path, *_ in jobs:
        t.write(f"{mode} {path}\n")
out = subprocess.run([tool, "--verdict", "--list", t.name], capture_output=True, text=True, errors="replace").stdout.splitlines()
os.unlink(t.name)
assert len(out) == len(jobs), (len(out), len(jobs))


def scope_error(path, meta):
    return re.search(r"[Rr]edecl|LexicallyDeclaredNames|VarDeclaredNames|BoundNames|redeclaration|block-scope/syntax|early-(dup-lex|lex|dup-par)|dup-(lex|bound)"
                     r"|early-export-(unresolvable|global|undeclared)|already-declared|binding-exists|no-redeclare|early-import-(arguments|eval|as)|import.*dup-bound|lex-and-var|body-lex|params-lex|"
                     r"conflict|LexicallyScopedDeclarations|duplicates?-?(binding|lex|var)|static-init-invalid-(lex|lex-var|lex-dup)|bound-names|boundnames|dflt-params-.*lex|bodyparams", path + meta) is not None


right = scopes = 0
wrong = []
for (mode, path, bad, meta), line in zip(jobs, out):
    said_bad = line.startswith("bad ")
    if said_bad == bad:
        right += 1
    elif bad and scope_error(path, meta):
        scopes += 1
    else:
        wrong.append((mode, path, bad, line))
for mode, path, bad, line in wrong:
    print("SHOULD FAIL" if bad else "SHOULD PASS", mode, os.path.relpath(path, root), "" if bad else line.split(": ", 1)[-1])
judged = right + len(wrong)
print(f"{right} of {judged} right ({100 * right / judged:.2f} %), {len(wrong)} wrong; not judged: {scopes} scope errors")
