#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the functions test_* of this directory's files, each in an empty directory of its own.

A test gets a T: t.write({path: text}), t.dx(args…) and t.dxtc(args…) → a Result with code, out, err and counts(),
t.equal(a, b), t.contains(text, part), t.lacks(text, part), t.path(name), t.touch(name).
"""
import argparse
import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
MODULES = ["resolution", "compiling", "limits", "store", "running", "reporting", "hostile"]
TICK = 0.011  # of file times: what changed within one is looked at again by the next run


class Result:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        self.text = self.out + self.err

    def counts(self):
        """The numbers of the `Tests:` line: {"passed": 2, "failed": 1, …, "total": 3}."""
        line = [l for l in self.out.splitlines() if l.startswith("Tests:")][-1]
        return {word: int(n) for n, word in re.findall(r"(\d+) (\w+)", line)}

    def compiled(self):
        """(compiled, from the store) of a run that was not warm, else None."""
        found = re.search(r"\((\d+) modules compiled, (\d+) from the store\)", self.out)
        return (int(found[1]), int(found[2])) if found else None


class T:
    def __init__(self, build, directory):
        self.build, self.dir = build, directory
        self.env = {k: v for k, v in os.environ.items() if k not in ("CI", "XDG_CACHE_HOME", "FORCE_COLOR", "NODE_ENV")}
        self.env["NO_COLOR"] = "1"

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, files):
        for name, text in files.items():
            os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
            with open(self.path(name), "wb") as f:
                f.write(text if isinstance(text, bytes) else text.encode())
        time.sleep(TICK)

    def run(self, program, args, cwd=".", env=None, timeout=60):
        done = subprocess.run([os.path.join(self.build, program), *args], cwd=self.path(cwd), env={**self.env, **(env or {})},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=timeout)
        return Result(done)

    def shell(self, command):
        return Result(subprocess.run(["sh", "-c", command], cwd=self.dir, env={**self.env, "BUILD": self.build}, stdin=subprocess.DEVNULL, capture_output=True,
                                     text=True, timeout=60))

    def dx(self, *args, **more):
        return self.run("dx", ["test", *args], **more)

    def dxtc(self, *args, **more):
        return self.run("dxtc", args, **more)

    def equal(self, got, wanted):
        if got != wanted:
            raise AssertionError(f"got {got!r}, wanted {wanted!r}")

    def contains(self, text, part):
        if part not in text:
            raise AssertionError(f"{part!r} is not in:\n{text}")

    def lacks(self, text, part):
        if part in text:
            raise AssertionError(f"{part!r} is in:\n{text}")

    def passes(self, result, n):
        if result.code or result.counts() != {"passed": n, "total": n}:
            raise AssertionError(f"exit status {result.code}, wanted {n} passed:\n{result.text}")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--build", default=os.path.join(HERE, "..", "..", "build"))
    args.add_argument("names", nargs="*")
    args = args.parse_args()
    sys.path.insert(0, HERE)
    passed = failed = 0
    for module in MODULES:
        for name, test in list(vars(importlib.import_module(module)).items()):
            if not name.startswith("test_") or (args.names and not any(n in name for n in args.names)):
                continue
            directory = tempfile.mkdtemp(prefix="dx-cli-")
            try:
                test(T(os.path.abspath(args.build), directory))
                passed += 1
            except Exception as e:  # an assertion, a timeout, a crash of the harness: all are failures of this test
                failed += 1
                print(f"FAIL {module}.{name}")
                print("    " + (str(e) or traceback.format_exc()).replace("\n", "\n    "))
            finally:
                shutil.rmtree(directory, ignore_errors=True)
    print(f"cli: {passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
