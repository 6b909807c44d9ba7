#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the random programs of gen.py under another engine and under DX and compares what they print.

usage: run.py --with NODE [--seed N] [--count N] [--kind KIND] [--loose] [-j N] [--build DIR] [--keep DIR]

A program that differs is named by its seed with the first line that differs and written to --keep. Programs of kind eval need a compiler
beside the VM: they run in the conformance host (build/t262), the others through dxtc and dxvm. Last line: N same, N different; exit status 1 on any.
"""
import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

import gen

HERE = os.path.dirname(os.path.abspath(__file__))
ENGINE_ERROR = re.compile(r"\b(TypeError|ReferenceError|SyntaxError|RangeError): .*")
LIMIT = 20  # seconds a program may take


def output(command):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT, env=dict(os.environ, TZ="UTC", NO_COLOR="1"))
    except subprocess.TimeoutExpired:
        return "(timeout)\n"
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode < 0 or b"Sanitizer" in done.stderr or b"runtime error:" in done.stderr:
        text += f"(crashed: {done.returncode})\n" + done.stderr.decode("utf-8", "replace")[:2000]
    if b"SyntaxError" in done.stderr or done.returncode == 3:
        text += "(does not compile)\n"
    return text


def under_dx(build, path, with_eval, work):
    if with_eval:
        return output([os.path.join(build, "t262"), "--commonjs", path])
    module = os.path.join(work, os.path.basename(path) + ".dxt")
    text = output([os.path.join(build, "dxtc"), path, "-o", module])
    if os.path.exists(module):
        text = output([os.path.join(build, "dxvm"), "run", module])
        os.unlink(module)
    return text


def first_difference(a, b, loose):
    if loose:
        a, b = (ENGINE_ERROR.sub(r"\1", text) for text in (a, b))
    a, b = a.split("\n"), b.split("\n")
    for i in range(max(len(a), len(b))):
        x, y = a[i] if i < len(a) else "(nothing)", b[i] if i < len(b) else "(nothing)"
        if x != y:
            return f"line {i + 1}: {x[:300]!r} | dx {y[:300]!r}"
    return None


def judge(seed, args, work):
    maker = gen.Gen(seed, args.kind)
    path = os.path.join(work, f"{seed}.js")
    with open(path, "w", encoding="utf-8") as f:
        f.write(maker.program())
    expected, got = output([args.engine, "--no-warnings", path]), under_dx(args.build, path, maker.kind == "eval", work)
    fault = first_difference(expected, got, args.loose)
    if fault and args.keep:
        os.makedirs(args.keep, exist_ok=True)
        os.replace(path, os.path.join(args.keep, f"{seed}.js"))
    elif os.path.exists(path):
        os.unlink(path)
    return fault, "(does not compile)" in expected


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--with", dest="engine", default="node", metavar="NODE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--kind", choices=["sync", "async", "class", "eval"])
    parser.add_argument("--loose", action="store_true", help="compare the names of the engine's errors, not their messages")
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("--build", default=os.path.join(HERE, "..", "..", "build"))
    parser.add_argument("--keep", metavar="DIR")
    args = parser.parse_args()
    failed = refused = 0
    with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        seeds = range(args.seed, args.seed + args.count)
        for seed, (fault, syntax) in zip(seeds, pool.map(lambda n: judge(n, args, work), seeds)):
            refused += syntax
            if fault:
                failed += 1
                print(f"seed {seed}: {fault}", flush=True)
    print(f"{args.count - failed} same ({refused} of all do not compile), {failed} different")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
