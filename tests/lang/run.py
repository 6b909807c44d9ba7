#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Behaviour of the language: compiles each test with dxtc, runs it with dxvm, compares what it prints with its `// => text` comments.
`// expect: text` means the same.

usage: run.py [-j N] [-q] [--timeout S] [--build DIR] [--dir DIR]… [--with 'COMMAND {}'] [PATH_PART…]

A test is one file, or a folder with a main.js / main.ts. The n-th line of output must be the text of the n-th comment.
--dir names other folders of such tests (default: this one). --with runs another engine instead (`{}` stands for the file). Prints one line per failure, last `N passed, N failed`; exit status 1 on any.
"""
import argparse
import concurrent.futures
import os
import re
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECT = re.compile(r"// (?:=>|expect:)(?: (.*))?$")
SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx")
timeout = 10  # seconds a program may take


def discover(root):
    """Yields (name shown, main file)."""
    for folder, folders, files in os.walk(root):
        folders.sort()
        main = sorted(f for f in files if f.startswith("main.") and f.endswith(SUFFIXES))
        if main:
            folders.clear()
            yield os.path.relpath(folder, root), os.path.join(folder, main[0])
            continue
        for f in sorted(files):
            if f.endswith(SUFFIXES):
                path = os.path.join(folder, f)
                yield os.path.relpath(path, root), path


def expected_lines(path):
    with open(path, encoding="utf-8") as f:
        found = [EXPECT.search(line.rstrip("\n")) for line in f]
    return [m.group(1) or "" for m in found if m]


def run(command):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout,
                              env=dict(os.environ, TZ="UTC", NO_COLOR="1"))
    except subprocess.TimeoutExpired:
        return None, "", "timeout"
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def last_word(stderr):
    lines = [l for l in stderr.strip().splitlines() if l.strip()]
    return lines[0][:150] if lines else ""


def status_text(code):
    if code is None:
        return f"timeout after {timeout} s"
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def judge(test, args, work):
    """None when the test passes, else what went wrong in one line."""
    name, path = test
    if args.engine:
        code, out, err = run([part.replace("{}", path) for part in args.engine.split()])
    else:
        module = os.path.join(work, name.replace(os.sep, "__") + (".dxtl" if os.path.basename(path).startswith("main.") else ".dxt"))
        code, out, err = run([os.path.join(args.build, "dxtc"), path, "-o", module])
        if code != 0:
            return f"dxtc: {status_text(code)}: {last_word(err)}"
        code, out, err = run([os.path.join(args.build, "dxvm"), "run", module])
    expected, got = expected_lines(path), out.split("\n")[:-1] if out.endswith("\n") else out.split("\n") if out else []
    for i in range(max(len(expected), len(got))):
        want = expected[i] if i < len(expected) else "(nothing)"
        have = got[i].rstrip() if i < len(got) else "(nothing)"
        if want.rstrip() != have:
            tail = f"; {status_text(code)}: {last_word(err)}" if code != 0 else ""
            return f"line {i + 1}: expected {want!r}, got {have!r}{tail}"
    return f"{status_text(code)}: {last_word(err)}" if code != 0 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-j", type=int, default=2, metavar="N")
    parser.add_argument("-q", action="store_true", help="only names of failures")
    parser.add_argument("--timeout", type=int, default=timeout, metavar="S")
    parser.add_argument("--build", default=os.path.join(HERE, "..", "..", "build"))
    parser.add_argument("--dir", action="append", metavar="DIR")
    parser.add_argument("--with", dest="engine", metavar="COMMAND")
    parser.add_argument("parts", nargs="*")
    args = parser.parse_args()
    globals()["timeout"] = args.timeout
    tests = [t for root in args.dir or [HERE] for t in discover(root) if not args.parts or any(p in t[0] for p in args.parts)]
    if not tests:
        sys.exit("no test matches")
    failed = 0
    with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        for (name, _), fault in zip(tests, pool.map(lambda t: judge(t, args, work), tests)):
            if fault:
                failed += 1
                print(name if args.q else f"FAIL {name}: {fault}", flush=True)
    print(f"{len(tests) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
