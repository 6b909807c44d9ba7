#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rules that no compiler checks for us, over every file that git knows (or, without git, every file outside build/).

    lint.py [RULE…]       all rules, or those named

Last line: `N passed, N failed`, one for each rule, a failure for each file that breaks it. Rules that need a program that is not there are left out, with a notice.
"""
import functools
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
ROOMS = ("compiler", "vm", "format", "runtime", "cli", "spec", "tests", "bench", "examples")
TOP = ROOMS + ("Makefile", "LICENSE", "README.md", "package.json")
FLAGS = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter", "-Wno-missing-field-initializers", "-Wno-sign-compare",
         "-I.", "-Ibuild/gen", "-O2", "-fsyntax-only"]
# Programs under test and data: their text is not ours to judge.
FOREIGN = re.compile(r"^(tests/(lang|builtins|emit|fuzz|read/cases|format/(good|bad)|suites|cli)/|bench/(gen500/base|vm/programs|tests/cases)/)")


@functools.cache
def files():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True) if shutil.which("git") else None
    if listed and listed.returncode == 0:
        return [f for f in listed.stdout.splitlines() if os.path.isfile(os.path.join(ROOT, f))]
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(d for d in folders if d not in ("build", ".git", "node_modules", ".dx"))
        found += [os.path.relpath(os.path.join(folder, n), ROOT) for n in names]
    return sorted(found)


def text(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as f:
        return f.read()


def compiles(compiler, path, *more):
    done = subprocess.run([compiler, *FLAGS, *more, path], cwd=ROOT, capture_output=True, text=True)
    return None if done.returncode == 0 else "\n".join(done.stderr.splitlines()[:4])


# Each rule: (path) -> None, or what is wrong with the file; with the paths it is for.
def rule_top(path):
    first = path.split("/")[0]
    return None if first in TOP or first.startswith(".") else f"{first} does not belong at the top"


# Includes go one way.
MAY_INCLUDE = {"format": ("format",), "compiler": ("compiler", "format"), "vm": ("vm", "format"), "runtime": ("runtime", "vm", "format")}


def rule_includes(path):
    allowed = MAY_INCLUDE[path.split("/")[0]]
    for room in re.findall(r'^#include "([a-z]+)/', text(path), re.M):
        if room not in allowed:
            return f"may include only {', '.join(allowed)}, not {room}"


def rule_licence(path):
    head = text(path).split("\n", 2)[:2]
    return None if any("SPDX-License-Identifier: MIT" in line for line in head) else "no SPDX line"


def rule_orphans(path):
    for n, line in enumerate(text(path).splitlines(), 1):
        if re.search(r"\b(TODO|FIXME|XXX)\b", line):
            return f"line {n}: {line.strip()[:80]}"


def rule_machine_paths(path):
    for n, line in enumerate(text(path).splitlines(), 1):
        if re.search(r"(^|[\s\"'`(=])/(work|home|root|Users|mnt)/", line):
            return f"line {n}: {line.strip()[:80]}"


def rule_length(path):
    lines, most = text(path).count("\n"), 200 if path == "Makefile" else 1500
    return f"{lines} lines" if lines > most and path != "vm/exec/interp.c" else None  # the dispatch loop is one function


# What a reader must take in at once. A dispatch loop is one function by nature.
FUNCTION_LINES = 80
DISPATCH = ("interp_run", "RX_FN")


def rule_functions(path):
    """No function is longer than FUNCTION_LINES."""
    signature, start = None, None
    for n, line in enumerate(text(path).splitlines(), 1):
        if start is None:
            if re.match(r"[A-Za-z_]", line) and "(" in line and not line.startswith(("typedef", "struct ", "enum ", "union ")) and "=" not in line.split("(")[0]:
                signature = (n, line)
            opens = re.search(r"(?<!=)\s*\{\s*(//.*)?$", line) and not re.search(r"=\s*\{", line)
            start = signature if signature and n - signature[0] < 6 and opens else None
        elif line.startswith("}"):
            if n - start[0] >= FUNCTION_LINES and not any(name in start[1] for name in DISPATCH):
                return f"line {start[0]}: {n - start[0] + 1} lines: {start[1][:60]}"
            signature = start = None


def rule_readme(path):
    lines = text(path).count("\n")
    return f"{lines} lines, 60 are the most" if lines > 60 else None


def rule_rooms(room):
    return None if os.path.isfile(os.path.join(ROOT, room, "README.md")) else "has no README.md"


# What documents say: folders, files, make targets, options and numbers that exist.
def rule_folders(path):
    """A room's README names the folders beside it."""
    room = os.path.dirname(path)
    inside = {f[len(room) + 1:].split("/")[0] for f in files() if f.startswith(room + "/") and f.count("/") > room.count("/") + 1} if room else set(ROOMS)
    missing = sorted(d for d in inside if not re.search(rf"(?<![\w-]){re.escape(d)}(?![\w-])", text(path)))
    return f"does not name {', '.join(missing)}" if missing else None


NAMED = re.compile(r"`((?:[\w-]+/)*[a-z0-9_][a-z0-9_.-]*\.(?:c|h|def|py|sh|md|mjs|txt|inc\.h))`")


def rule_named_files(path):
    """Files named in backticks exist, below the document's folder or below the top."""
    every = [f for f in files()]
    here = os.path.dirname(path)
    names = {os.path.basename(f) for f in every}
    for name in NAMED.findall(text(path)):
        found = name in names if "/" not in name else any(f == name or f.endswith("/" + name) for f in every) or os.path.isfile(os.path.join(ROOT, here, name))
        if not found and name.split("/")[0] not in ("build", "node_modules"):
            return f"names {name}, which is not there"


def rule_comments(path):
    """Files that comments name with their folder exist."""
    every = files()
    for n, line in enumerate(text(path).splitlines(), 1):
        for name in re.findall(r"(?:[\w-]+/)+[a-z_0-9]+\.(?:c|h|def|py|md)\b", line.split("//", 1)[1] if "//" in line else ""):
            if not any(f == name or f.endswith("/" + name) for f in every) and not name.startswith(("lib/", "test/", "src/")):
                return f"line {n} names {name}, which is not there"


def rule_targets(path):
    """`make x` names a target."""
    targets = {t for names in re.findall(r"^([a-z0-9 -]+):", text("Makefile"), re.M) for t in names.split()}
    for words in re.findall(r"(?:`|^    )make ((?:[a-z0-9-]+(?![\w/.=-]) ?)+)", text(path), re.M):
        for word in words.split():
            if word not in targets:
                return f"names the target {word}, which the Makefile has not"


PROGRAMS = {"dx test": ["dx", "test", "--help"], "dxtc": ["dxtc", "--help"], "dxvm": ["dxvm", "--help"]}
OPTION = re.compile(r"(?<![\w/.-])(--?[A-Za-z][\w-]*)")


@functools.cache
def help_of(program):
    return subprocess.run([os.path.join(ROOT, "build", PROGRAMS[program][0]), *PROGRAMS[program][1:]], capture_output=True, text=True).stdout


def rule_options_tested(program):
    """Every option that --help shows is used by some test."""
    tests = "".join(text(f) for f in files() if f.startswith(("tests/", "examples/", "bench/")) and f.endswith((".py", ".sh", "Makefile")))
    missing = sorted({o for o in OPTION.findall(help_of(program)) if not re.search(rf"(?<![\w-]){re.escape(o)}(?![\w-])", tests)})
    return f"no test uses {', '.join(missing)}" if missing else None


def rule_options_exist(path):
    """Options in commands that documents show are options of that program."""
    known = {program: set(OPTION.findall(help_of(program))) | set(re.findall(r'\{"(--?[\w-]+)"', text("cli/dx_args.c")) if program == "dx test" else []) | {"--help", "--version"}
             for program in PROGRAMS}
    for span in re.findall(r"`([^`\n]+)`|^ {4}(.+)$|^[$>] (.+)$", text(path), re.M):
        for command in re.split(r"&&|[|;]", "".join(span)):
            found = re.match(r"\s*(?:build/)?(dx test|dxtc|dxvm)\b(.*)", command)
            for option in OPTION.findall(found[2]) if found else []:
                if option not in known[found[1]] and not (option.startswith("-j") and option[2:].isdigit()):
                    return f"{found[1]} has no option {option}"


def rule_numbers(path):
    """Measured numbers in the first page are those of bench/results."""
    results = "".join(text(f) for f in files() if f.startswith("bench/results/"))
    section = re.search(r"^## Numbers\n(.*?)^## ", text(path), re.M | re.S)
    measured = [float(n) for n in re.findall(r"\d+\.\d+", results)]
    for number in re.findall(r"(\d+\.\d+) (?:ms|MB|times)", section[1] if section else ""):
        places = len(number.split(".")[1])
        if not any(abs(m - float(number)) <= 0.5 * 10 ** -places + 1e-9 for m in measured):
            return f"{number} is not in bench/results"


def rule_header_alone(path):
    return compiles("gcc", path, "-x", "c", "-Wno-unused-function", "-Wno-unused-const-variable")


def rule_clang(path):
    return compiles("clang-19", path)


def main(argv):
    every = files()
    ours = [f for f in every if not FOREIGN.match(f)]
    code = [f for f in ours if f.endswith((".c", ".h", ".def"))]
    scripts = [f for f in ours if f.endswith((".py", ".sh", ".mjs"))]
    rules = {
        "top": (rule_top, every),
        "includes": (rule_includes, [f for f in code if f.split("/")[0] in MAY_INCLUDE]),
        "licence": (rule_licence, code + scripts),
        "orphans": (rule_orphans, [f for f in code + scripts if f != "tests/lint.py"]),
        "machine_paths": (rule_machine_paths, [f for f in ours if f.endswith((".c", ".h", ".def", ".py", ".sh", ".md", ".mjs", ".json")) or f == "Makefile"]),
        "length": (rule_length, [f for f in code if f.endswith((".c", ".h"))] + ["Makefile"]),
        "functions": (rule_functions, [f for f in code if f.endswith((".c", ".h"))]),
        "readme": (rule_readme, [f for f in every if f.endswith("README.md")]),
        "rooms": (rule_rooms, ROOMS),
        "folders": (rule_folders, [f for f in every if os.path.basename(f) == "README.md"]),
        "named_files": (rule_named_files, [f for f in every if f.endswith(".md") and not f.startswith("bench/results/")]),
        "comments": (rule_comments, [f for f in code if f.endswith((".c", ".h", ".def"))]),
        "targets": (rule_targets, [f for f in every if f.endswith(".md")]),
        "options_tested": (rule_options_tested, PROGRAMS),
        "options_exist": (rule_options_exist, [f for f in every if f.endswith(".md")]),
        "numbers": (rule_numbers, ["README.md"]),
        "header_alone": (rule_header_alone, [f for f in code if f.endswith(".h") and not f.endswith(".inc.h")]),
        "clang": (rule_clang, [f for f in code if f.endswith(".c") and not f.startswith("bench/frontend/")]),
    }
    passed = failed = 0
    for name, (rule, paths) in rules.items():
        if argv and name not in argv:
            continue
        if name == "clang" and not shutil.which("clang-19"):
            print("clang: no clang-19 here, left out")
            continue
        with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            faults = [f"{name}: {path}: {fault}" for path, fault in zip(paths, pool.map(rule, paths)) if fault]
        print("\n".join(faults), end="\n" if faults else "")
        passed, failed = passed + (not faults), failed + len(faults)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
