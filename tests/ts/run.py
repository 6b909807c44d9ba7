#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""TypeScript's emit: runs every program of this folder and the generated ones, compares what they print with what is stored.

usage: run.py [-j N] [-q] [--timeout S] [--build DIR] [PATH_PART…]      with dxtc and dxvm
       run.py --oracle TYPESCRIPT [--write] [PATH_PART…]                with transpileModule of that package, run by node
       run.py --lay-out DIR [PATH_PART…]                                only write the programs there, with their tsconfig.json

A program is a file, or a folder with a main.* file; options are `// @option: value` lines at its top, or its own tsconfig.json.
What must be printed stands in expected/, a file for each area. --oracle compares it with what TypeScript and Node say; --write stores that.
Prints one line per failure, last `N passed, N failed`; exit status 1 on any.
"""
import argparse
import concurrent.futures
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import generate

HERE = os.path.dirname(os.path.abspath(__file__))
SUFFIXES = (".ts", ".tsx", ".mts", ".cts")
OPTION = re.compile(r"// @(\w+): *(.*?)\s*$")
DEFAULTS = {"target": "es2022", "module": "esnext", "moduleResolution": "bundler"}
HEADER = "=== "  # before a program's name in expected/


class Program:
    def __init__(self, area, name, path=None, files=None):
        self.area, self.name, self.path, self.files = area, name, path, files
        self.full = f"{area}/{name}"

    def options(self, text):
        options = dict(DEFAULTS)
        for line in text.splitlines():
            found = OPTION.match(line)
            if not found:
                break
            value = found.group(2)
            options[found.group(1)] = value == "true" if value in ("true", "false") else value
        if options["module"] == "commonjs":
            options["moduleResolution"] = "node10"
        return options

    def single_file(self):
        with open(self.path, encoding="utf-8") as f:
            return {"main" + os.path.splitext(self.path)[1]: f.read()}

    def lay_out(self, root):
        """Writes the program below root; the path of its main file."""
        folder = os.path.join(root, self.area, self.name)
        if self.path and os.path.isdir(self.path):
            shutil.copytree(self.path, folder)
        else:
            os.makedirs(folder)
            for name, text in (self.files or self.single_file()).items():
                with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
                    f.write(text)
        main = next(f for f in sorted(os.listdir(folder)) if f.startswith("main.") and f.endswith(SUFFIXES))
        main = os.path.join(folder, main)
        config = os.path.join(folder, "tsconfig.json")
        if not os.path.exists(config):
            with open(main, encoding="utf-8") as f:
                options = self.options(f.read())
            with open(config, "w", encoding="utf-8") as f:
                json.dump({"compilerOptions": options}, f)
        return main


def discover():
    top = os.path.join(HERE, "programs")
    for area in sorted(os.listdir(top)):
        for entry in sorted(os.listdir(os.path.join(top, area))):
            path = os.path.join(top, area, entry)
            if os.path.isdir(path) or entry.endswith(SUFFIXES):
                yield Program(area, os.path.splitext(entry)[0], path)
    for area, name, files in generate.programs():
        yield Program(area, name, files=files)


def lay_out(programs, root):
    if not os.path.exists(os.path.join(root, "node_modules")):
        shutil.copytree(os.path.join(HERE, "packages"), os.path.join(root, "node_modules"))
    return [p.lay_out(root) for p in programs]


def read_reasons(name):
    """area/name → reason"""
    found = {}
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                program, _, reason = line.strip().partition(": ")
                found[program] = reason
    return found


# ---- what is stored

def expected_path(area):
    return os.path.join(HERE, "expected", area + ".txt")


def read_expected(area):
    found, name, lines = {}, None, []
    if not os.path.exists(expected_path(area)):
        return found
    with open(expected_path(area), encoding="utf-8") as f:
        for line in f:
            if line.startswith(HEADER):
                if name:
                    found[name] = "".join(lines)
                name, lines = line[len(HEADER):].rstrip("\n"), []
            else:
                lines.append(line)
    if name:
        found[name] = "".join(lines)
    return found


def write_expected(area, outputs):
    with open(expected_path(area), "w", encoding="utf-8") as f:
        for name in sorted(outputs):
            f.write(f"{HEADER}{name}\n{outputs[name]}")


def first_difference(want, have):
    want, have = want.splitlines(), have.splitlines()
    for i in range(max(len(want), len(have))):
        a = want[i] if i < len(want) else "(nothing)"
        b = have[i] if i < len(have) else "(nothing)"
        if a != b:
            return f"line {i + 1}: expected {a!r}, got {b!r}"
    return None


# ---- the two engines

def run(command, seconds):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds,
                              env=dict(os.environ, TZ="UTC", NO_COLOR="1"))
    except subprocess.TimeoutExpired:
        return None, "", f"timeout after {seconds} s"
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def fault_text(code, err):
    status = "timeout" if code is None else signal.Signals(-code).name if code < 0 else f"exit {code}"
    lines = [l for l in err.splitlines() if l.strip()]
    return f"{status}: {lines[0][:200] if lines else ''}"


def run_dx(main, args):
    """(output, None) or (output, what went wrong)"""
    layout = os.path.join(os.path.dirname(main), "program.dxtl")
    code, out, err = run([os.path.join(args.build, "dxtc"), main, "-o", layout], args.timeout)
    if code == 0:
        code, out, err = run([os.path.join(args.build, "dxvm"), "run", layout], args.timeout)
    out += "" if not out or out.endswith("\n") else "\n"
    return out, None if code == 0 else fault_text(code, err)


def ask_oracle(args, root):
    """area/name → (output, fault)"""
    done = subprocess.run(["node", os.path.join(HERE, "oracle.mjs"), args.oracle, root, str(args.j)], stdout=subprocess.PIPE)
    if done.returncode:
        sys.exit("oracle.mjs failed")
    return {name: (out, fault) for name, out, fault in json.loads(done.stdout)}


def compare_oracle(args, programs, root):
    answers, failed, stored = ask_oracle(args, root), 0, {}
    cannot = read_reasons("not-in-node.txt")
    for p in programs:
        area = stored.setdefault(p.area, read_expected(p.area))
        out, fault = answers[p.full]
        if p.full in cannot:
            if not fault:
                print(f"FAIL {p.full}: node runs it, though not-in-node.txt says: {cannot[p.full]}")
                failed += 1
            continue
        why = fault or ("not stored" if p.name not in area else first_difference(area[p.name], out))
        if not fault and args.write:
            area[p.name] = out
        if why and (fault or not args.write):
            print(f"FAIL {p.full}: {why}", flush=True)
            failed += 1
    if args.write:
        known = {}
        for p in discover():
            known.setdefault(p.area, set()).add(p.name)
        for area, outputs in stored.items():
            write_expected(area, {n: o for n, o in outputs.items() if n in known[area]})
    return failed


def compare_dx(args, programs, mains):
    expected = {area: read_expected(area) for area in {p.area for p in programs}}
    known, cannot, failed = read_reasons("known-failures.txt"), read_reasons("not-in-node.txt"), 0
    with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        for p, (out, why) in zip(programs, pool.map(lambda m: run_dx(m, args), mains)):
            if p.full in cannot:
                continue
            if p.name not in expected[p.area]:
                why = "nothing is stored: run with --oracle --write"
            else:
                difference = first_difference(expected[p.area][p.name], out)
                why = f"{difference}; {why}" if difference and why else difference or why
            if p.full in known:
                why = None if why else f"passes, though known-failures.txt says: {known[p.full]}"
            if why:
                failed += 1
                print(p.full if args.q else f"FAIL {p.full}: {why}", flush=True)
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-j", type=int, default=2, metavar="N")
    parser.add_argument("-q", action="store_true", help="only names of failures")
    parser.add_argument("--timeout", type=int, default=10, metavar="S")
    parser.add_argument("--build", default=os.path.join(HERE, "..", "..", "build"))
    parser.add_argument("--oracle", metavar="TYPESCRIPT")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--lay-out", metavar="DIR")
    parser.add_argument("parts", nargs="*")
    args = parser.parse_args()
    programs = [p for p in discover() if not args.parts or any(part in p.full for part in args.parts)]
    if not programs:
        sys.exit("no program matches")
    if args.lay_out:
        lay_out(programs, args.lay_out)
        return 0
    with tempfile.TemporaryDirectory() as root:
        mains = lay_out(programs, root)
        failed = compare_oracle(args, programs, root) if args.oracle else compare_dx(args, programs, mains)
    print(f"{len(programs) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
