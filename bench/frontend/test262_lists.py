#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Splits test262's test/language into two lists of paths: valid programs and programs that must not parse.

usage: test262_lists.py TEST262_CHECKOUT OUT_DIR      writes OUT_DIR/valid.txt and OUT_DIR/invalid.txt

Proposals that are not part of ES2025 and have syntax of their own are left out, as are _FIXTURE files.
"""
import os
import re
import sys

OUT_OF_SCOPE = {"import-defer", "source-phase-imports", "source-phase-imports-module-source", "decorators",
                "explicit-resource-management", "import-bytes", "import-text"}


def main():
    root, out = sys.argv[1:3]
    valid, invalid = [], []
    for folder, _, names in sorted(os.walk(os.path.join(root, "test", "language"))):
        for name in sorted(names):
            if not name.endswith(".js") or "_FIXTURE" in name:
                continue
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8", errors="surrogateescape") as f:
                text = f.read()
            meta = re.search(r"/\*---(.*?)---\*/", text, re.S)
            meta = meta.group(1) if meta else ""
            features = re.search(r"features:\s*\[([^\]]*)\]", meta)
            listed = re.search(r"features:\s*\n((?:\s*-\s*\S+\n)+)", meta)
            named = set(re.split(r"[,\s]+", features.group(1))) if features else set()
            if listed:
                named |= set(re.findall(r"-\s*(\S+)", listed.group(1)))
            if named & OUT_OF_SCOPE:
                continue
            (invalid if re.search(r"negative:\s*\n\s*phase:\s*parse", meta) else valid).append(path)
    os.makedirs(out, exist_ok=True)
    for name, paths in (("valid", valid), ("invalid", invalid)):
        with open(os.path.join(out, name + ".txt"), "w") as f:
            f.writelines(p + "\n" for p in paths)
        print(f"{name}: {len(paths)}")


if __name__ == "__main__":
    main()
