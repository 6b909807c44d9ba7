#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What dxvm's artifact commands print and which exit codes they give.

    cli.py DXVM LAYOUT.dxtl
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
failed = checks = 0


def expect(code, out, err, *argv):
    """Runs and compares the exit code; `out` and `err` must occur in the streams (empty: the stream is empty)."""
    global failed, checks
    r = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    checks += 1
    for name, want, got in (("stdout", out, r.stdout.decode()), ("stderr", err, r.stderr.decode())):
        if (want not in got) if want else got:
            failed += 1
            print(f"{' '.join(argv)}: {name} is {got!r}, wanted {want!r}", file=sys.stderr)
    if r.returncode != code:
        failed += 1
        print(f"{' '.join(argv)}: exit code {r.returncode} instead of {code}", file=sys.stderr)


def main(dxvm, layout):
    with tempfile.TemporaryDirectory() as tmp:
        good, bad, text = (os.path.join(tmp, n) for n in ("good.dxt", "bad.dxt", "text.dxa"))
        expect(0, "", "", dxvm, "asm", "-o", good, os.path.join(HERE, "good", "every_section.dxa"))
        expect(0, "", "", dxvm, "asm", "-o", bad, os.path.join(HERE, "bad", "120_pop_from_an_empty_stack.dxa"))
        expect(0, "good.dxt: ok", "", dxvm, "verify", good)
        expect(0, ": ok", "", dxvm, "verify", layout)
        expect(4, "", "bad.dxt: error: rule 120: An instruction finds the operands it takes: Pop at depth 0 (function 0, offset 0)",
               dxvm, "verify", bad)
        expect(4, "good.dxt: ok", "bad.dxt: error: rule 120", dxvm, "verify", bad, good)
        expect(4, "", "rule 120", dxvm, "dump", bad)
        expect(4, "", "rule 120", dxvm, "info", bad)
        expect(2, "", "No such file", dxvm, "verify", os.path.join(tmp, "absent"))
        expect(0, "24 bytes of data", "", dxvm, "info", good)
        expect(0, "2 files, 1 suites, 2 tests", "", dxvm, "info", layout)
        expect(0, "AssertEq 0", "", dxvm, "dump", good)
        expect(0, '"AssertEq",0', "", dxvm, "dump", "--json", good)
        expect(0, "; module 1 of the layout", "", dxvm, "dump", layout)
        expect(0, '"dependencies"', "", dxvm, "dump", "--json", layout)
        for usage in (["verify"], ["dump"], ["dump", "--json"], ["dump", "--nonsense"], ["info"], ["asm"], ["asm", good], ["nonsense"], []):
            expect(2, "", "usage" if usage[:1] != ["nonsense"] else "unknown command", dxvm, *usage)
        expect(0, "usage: dxvm", "", dxvm, "--help")
        expect(0, "dxvm ", "", dxvm, "--version")
        with open(text, "w", encoding="utf-8") as f:
            f.write("module script\nfnord\n")
        expect(4, "", "text.dxa:2: error: unknown row", dxvm, "asm", "-o", bad, text)
        with open(bad, "wb") as f:
            f.write(b"not an artifact at all")
        expect(4, "", "rule 2: ", dxvm, "verify", bad)
    print(f"dxvm artifact commands: {checks} checks, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
