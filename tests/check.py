#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs check targets of the Makefile one after the other and adds up what they report.

    check.py [--quiet] TARGET...      MODE, CC and BUILD come from the environment

One line for each target, its output when it fails, and last `N passed, N failed`: tests where the runner counts tests, one for a
unit-test program whatever the number of its assertions. A target that ends badly without naming a failure counts as one failure.
"""
import os
import re
import subprocess
import sys
import time

# What runners print: pattern, then (passed, failed) of its numbers.
COUNTS = [
    (r"^Tests: +(?:(\d+) failed, )?(?:\d+ skipped, )?(?:\d+ todo, )?(?:(\d+) passed, )?\d+ total", lambda f, p: (p, f)),
    (r"\b(\d+) passed, (\d+) failed", lambda p, f: (p, f)),
    (r"\b\d+ checks, (\d+) fail", lambda f: (0 if f else 1, f)),
    (r"\b(\d+) cases, (\d+) differ", lambda n, f: (n - f, f)),
    (r"\b(\d+) of (\d+) cases right", lambda p, n: (p, n - p)),
    (r"\b(\d+) modules, (\d+) break", lambda n, f: (n - f, f)),
    (r"\b(\d+) inputs replayed", lambda n: (n, 0)),
    (r"^replay: (\d+) files", lambda n: (n, 0)),
    (r"\b(\d+) artifacts?, (\d+) differ", lambda n, f: (n - f, f)),
]
LIMIT = int(os.environ.get("CHECK_TIMEOUT", "1800"))  # seconds a target may take


def count(line):
    for pattern, meaning in COUNTS:
        found = re.search(pattern, line)
        if found:
            return meaning(*(int(g or 0) for g in found.groups()))
    return 0, 0


def make(target):
    """(exit status, output) of one target."""
    # A make above this one must not lend its jobs: the goals it was given are not ours.
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES")}
    given = [f"{k}={env[k]}" for k in ("MODE", "CC", "BUILD") if env.get(k)]
    command = ["make", "--no-print-directory", "-j", str(os.cpu_count() or 2), *given, target]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT, env=env)
    except subprocess.TimeoutExpired as e:
        return 124, (e.stdout or b"").decode("utf-8", "replace") + f"\n{target}: no end after {LIMIT} s\n"
    return done.returncode, done.stdout.decode("utf-8", "replace")


def main(argv):
    quiet = "--quiet" in argv
    targets = [a for a in argv if not a.startswith("-")]
    passed = failed = 0
    for target in targets:
        start = time.monotonic()
        status, output = make(target)
        lines = [l for l in output.splitlines() if not re.match(r"  [A-Z]+ \S+$", l)]
        p = f = 0
        for line in lines:
            a, b = count(line)
            p, f = p + a, f + b
        if status and not f:
            f = 1
        if not status and not p and not f:
            p = 1
        passed, failed = passed + p, failed + f
        if f or status:
            print("\n".join(lines))
        if f or status or not quiet:
            print(f"{target:<16}{p:>6} passed {f:>4} failed  {time.monotonic() - start:6.1f} s", flush=True)
        if target == "all" and status:
            break  # nothing else can be built
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
