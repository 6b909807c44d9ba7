#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs `dx test` in each prepared checkout and compares its counts with suites.json. See run.sh.

Owns: starting dx, reading its summary lines, the table. Does not fetch anything.
Exit status 0 when every suite that is present agrees (none present is an error), else 1.
"""
import json
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DX = os.environ.get("DX", os.path.join(HERE, "..", "..", "build", "dx"))
TIMEOUT = float(os.environ.get("SUITE_TIMEOUT", "120"))
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def counts_of(text):
    """The numbers of the last `Tests:` line, as {"pass", "fail", "skip"}; todo counts as skip."""
    lines = [l for l in ANSI.sub("", text).splitlines() if re.match(r"\s*Tests:\s", l)]
    if not lines:
        return None
    found = {word: int(n) for n, word in re.findall(r"(\d+) (\w+)", lines[-1])}
    return {"pass": found.get("passed", 0), "fail": found.get("failed", 0),
            "skip": found.get("skipped", 0) + found.get("todo", 0)}


def run(suite, checkout, log):
    env = dict(os.environ, CI="true", NO_COLOR="1")
    env.update(suite.get("env", {}))
    start = time.monotonic()
    with open(log, "wb") as out:
        try:
            code = subprocess.run([os.path.abspath(DX), "test", *suite["args"]], cwd=os.path.join(checkout, suite["folder"]),
                                  env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                  timeout=TIMEOUT).returncode
        except subprocess.TimeoutExpired:
            code = "timeout"
    took = (time.monotonic() - start) * 1000
    with open(log, encoding="utf-8", errors="replace") as f:
        return counts_of(f.read()), took, code


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__ + "\nusage: run.sh DIR_OF_CHECKOUTS [name…]")
    root, wanted = sys.argv[1], sys.argv[2:]
    with open(os.path.join(HERE, "suites.json"), encoding="utf-8") as f:
        suites = json.load(f)
    unknown = set(wanted) - {s["name"] for s in suites}
    if unknown:
        sys.exit("no such suite: " + ", ".join(sorted(unknown)))
    logs = os.path.join(HERE, "..", "..", "build", "suites")
    os.makedirs(logs, exist_ok=True)
    print(f"| {'suite':12} | {'expected p/f/s':>16} | {'dx p/f/s':>16} | {'ms':>7} | exit | verdict |")
    print(f"|{'-' * 14}|{'-' * 17}:|{'-' * 17}:|{'-' * 8}:|------|---------|")
    agree = differ = 0
    for suite in suites:
        if wanted and suite["name"] not in wanted:
            continue
        checkout = os.path.join(root, suite["repo"].split("/")[1])
        expected = {k: suite[k] for k in ("pass", "fail", "skip")}
        text = "/".join(str(v) for v in expected.values())
        if not os.path.isdir(os.path.join(checkout, suite["folder"])):
            print(f"| {suite['name']:12} | {text:>16} | {'':>16} | {'':>7} | {'':4} | no checkout |")
            differ += bool(wanted)
            continue
        log = os.path.join(logs, suite["name"] + ".log")
        got, took, code = run(suite, checkout, log)
        same = got == expected and code == (1 if suite["fail"] else 0)  # a file that fails to load may have no tests to count
        agree, differ = agree + same, differ + (not same)
        shown = "/".join(str(v) for v in got.values()) if got else "no summary"
        print(f"| {suite['name']:12} | {text:>16} | {shown:>16} | {took:7.0f} | {code!s:4} | {'same' if same else 'DIFFERS'} |",
              flush=True)
    print(f"{agree} suites agree, {differ} differ; output of each in build/suites/")
    sys.exit(1 if differ or not agree else 0)


if __name__ == "__main__":
    main()
