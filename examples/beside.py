#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The same tests under `dx test` and `bun test`, in turns: one row, medians of whole processes. For measurements see bench/tests.

    beside.py [-n ROUNDS] BUN TITLE FOLDER [PATTERN…]

Warm: what was compiled is in the store, every test is executed. Cold: nothing is there.
"""
import os
import shutil
import statistics
import subprocess
import sys
import time


def timed(command, folder):
    start = time.monotonic()
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.monotonic() - start) * 1000, done.returncode


def forget(folder):
    shutil.rmtree(os.path.join(folder, ".dx"), ignore_errors=True)
    if os.environ.get("XDG_CACHE_HOME"):
        shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)


def main(argv):
    rounds = int(argv.pop(1)) if argv[:1] == ["-n"] and argv.pop(0) else 7
    bun, title, folder, *patterns = argv
    times = {"warm": [], "cold": [], "bun": []}
    for _ in range(rounds):
        for kind in times:
            if kind == "cold":
                forget(folder)
            command = [bun, "test", *patterns] if kind == "bun" else ["dx", "test", "--no-predict", *patterns]
            if kind == "warm":
                timed(command, folder)
            spent, status = timed(command, folder)
            if status and kind != "bun":
                print(f"{title:<26} dx test ends with {status}")
                return 1
            failures = " (bun fails some)" if status else ""
            times[kind].append(spent)
    warm, cold, other = (statistics.median(times[k]) for k in ("warm", "cold", "bun"))
    print(f"{title:<26} bun {other:6.1f} ms   dx {warm:6.1f} ms warm, {cold:6.1f} ms cold: {other / warm:4.1f} and {other / cold:4.1f} times as fast{failures}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
