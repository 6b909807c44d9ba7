#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compile speed: projects' sources from text to .dxt on one thread with the share of each phase, and programs of one construct at N, 2N, 4N.

usage: run.py [--build DIR] [--treesitter PROGRAM] [--out FILE.md] [--only WORD] [--scale X] [--project [NAME=]DIR[@VERSION]]… [--file PATH]…

The constructs are those of tests/cli/constructs.py, which says what each prints: compiled programs are run by dxvm and checked. Times are
`dxtc -c --stats`: the processor time the compiler takes between having read a file and writing its module, verification included; best of --rounds.
A construct whose time grows by more than --most from N to 4N, a crash, a wrong result or a refusal that is not the named limit is a failure: exit status 1.
--treesitter: the program of bench/frontend, to show the speed of tree-sitter on the same files.
"""
import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(ROOT, "tests", "cli"))
import constructs  # noqa: E402

PHASES = ["parse", "scopes", "emit", "assemble", "module", "verify"]
STATS = re.compile(r"(\d+) modules?, (\d+) bytes of source, (\d+) bytes written; .*: read ([\d.]+), " +
                   ", ".join(p + r" ([\d.]+)" for p in PHASES) + r", write ([\d.]+); peak (\d+) KB")
TIMEOUT, NOISE_MS = 120, 2.0


class Result:
    """One run of dxtc: phase times in ms, or why there are none."""

    def __init__(self, done):
        self.code, self.err = done.returncode, done.stderr
        found = STATS.search(done.stderr)
        self.ok = found is not None
        if self.ok:
            self.modules, self.source, self.written = (int(found[i]) for i in (1, 2, 3))
            self.read, self.write, self.peak = float(found[4]), float(found[11]), int(found[12])
            self.phases = [float(found[5 + i]) for i in range(6)]
            self.total = sum(self.phases)

    def first_error(self):
        lines = [l for l in self.err.splitlines() if "error:" in l]
        return re.sub(r"^\S*?:(\d+):(\d+): error: ", r"\1:\2: ", lines[0]) if lines else self.err.strip()[-200:]


def dxtc(build, rounds, args, cwd=None):
    best = None
    for _ in range(rounds):
        r = Result(subprocess.run([os.path.join(build, "dxtc"), "-c", "--stats", *args], cwd=cwd, capture_output=True, text=True, errors="replace", timeout=TIMEOUT))
        if not r.ok:
            return r
        if best is None or r.total < best.total:
            best = r
    return best


# ---- projects

def sources(directory):
    for at, below, names in os.walk(directory):
        below[:] = sorted(d for d in below if d != "node_modules" and not d.startswith("."))
        for name in sorted(names):
            if re.search(r"\.([cm]?ts|tsx)$", name) and not re.search(r"\.d\.[cm]?ts$", name):
                yield os.path.relpath(os.path.join(at, name), directory)


def treesitter_speed(program, directory, files):
    if not program:
        return "–"
    listing = "\n".join(os.path.join(directory, f) for f in files)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([program], input=listing, capture_output=True, text=True)
    took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    found = re.search(r"([\d.]+) MB, best of (\d+)", done.stderr)
    return f"{float(found[1]) * int(found[2]) / took:.1f}" if found and took else "–"


def project_row(a, argument, out):
    name, _, rest = argument.rpartition("=")
    directory, _, version = rest.partition("@")
    files = list(sources(directory))
    r = dxtc(a.build, a.rounds, ["-j1", "-o", out, *files], directory)
    shares = [f"{100 * p / r.total:.0f}" for p in r.phases]
    whole = r.total + r.read + r.write
    speed = r.source / 1e3 / r.total
    print(f"{name or directory}: {speed:.1f} MB/s", file=sys.stderr)
    cells = [name or os.path.basename(os.path.realpath(directory)), version, str(r.modules), f"{r.source / 1e6:.2f}", f"**{speed:.1f}**", f"{r.source / 1e3 / whole:.1f}", *shares,
             f"{r.source / 1e3 / r.phases[0]:.0f}", treesitter_speed(a.treesitter, directory, files), f"{r.peak / 1024:.0f}"]
    return "| " + " | ".join(cells) + " |", r


def projects_table(a):
    rows = ["## Projects", "", "TypeScript sources (declaration files apart), one thread, everything compiled in one process. MB/s: from text to the bytes of the `.dxt`, verified; "
            "then with reading and writing the files. Processor time, "
            "but for the files. Shares in per cent; front end: text to tree, alone.", "",
            "| project | version | files | MB | MB/s | with files | " + " | ".join(p + " %" for p in PHASES) + " | front end MB/s | tree-sitter MB/s | peak MB |",
            "|---|---|---|---|---|---|" + "---|" * len(PHASES) + "---|---|---|"]
    with tempfile.TemporaryDirectory(prefix="dx-compile-") as out:
        sums = []
        for argument in a.project:
            row, r = project_row(a, argument, out)
            rows.append(row)
            sums.append(r)
    if sums:
        total, source = sum(r.total for r in sums), sum(r.source for r in sums)
        shares = [f"{100 * sum(r.phases[i] for r in sums) / total:.0f}" for i in range(6)]
        rows.append(f"| **all** | | {sum(r.modules for r in sums)} | {source / 1e6:.2f} | **{source / 1e3 / total:.1f}** | | " + " | ".join(shares) +
                    f" | {source / 1e3 / sum(r.phases[0] for r in sums):.0f} | | |")
    return rows


def files_table(a):
    rows = ["", "## Single files", "", "| file | MB | lines | ms | MB/s | " + " | ".join(p + " ms" for p in PHASES) + " | peak MB |", "|---|---|---|---|---|" + "---|" * len(PHASES) + "---|"]
    with tempfile.TemporaryDirectory(prefix="dx-compile-") as work:
        for path in a.file:
            r = dxtc(a.build, a.rounds, [path, "-o", os.path.join(work, "x.dxt")])
            with open(path, "rb") as f:
                lines = f.read().count(b"\n")
            if r.code:
                rows.append(f"| {os.path.basename(path)} | refused: {r.first_error()} |")
                continue
            rows.append(f"| {os.path.basename(path)} | {r.source / 1e6:.2f} | {lines} | {r.total:.0f} | **{r.source / 1e3 / r.total:.1f}** | " +
                        " | ".join(f"{p:.0f}" for p in r.phases) + f" | {r.peak / 1024:.0f} |")
    return rows


# ---- constructs

def check(a, c, n, work):
    """(Result, what happened): compiled and its output right; refused as said; or what is wrong."""
    text, prints = c.make(n)
    path, out = os.path.join(work, "x" + c.extension), os.path.join(work, "x.dxt")
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text)
    try:
        r = dxtc(a.build, a.rounds if len(text) < 4e6 else 1, [path, "-o", out])
    except subprocess.TimeoutExpired:
        return None, "FAILED: takes longer than %d s" % TIMEOUT
    if r.code not in (0, 3):
        return r, f"FAILED: exit status {r.code}: {r.err.strip()[-120:]}"
    if r.code == 3:
        error = r.first_error()
        meant = prints is None and not c.says or c.limit and n > c.limit and c.says in error
        return r, ("refused: " if meant else "FAILED: refused: ") + error[:100]
    if prints is None:
        return r, "compiled"
    try:
        done = subprocess.run([os.path.join(a.build, "dxvm"), "run", out], capture_output=True, text=True, errors="replace", timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return r, "FAILED: runs longer than %d s" % TIMEOUT
    if done.returncode or done.stdout.strip() != prints:
        return r, f"FAILED: prints {done.stdout.strip()[:40]!r} {done.stderr.strip()[:100]!r}"
    return r, "runs"


def construct_row(a, c, work):
    sizes = [max(2, int(c.size * a.scale) * k) for k in (1, 2, 4)]
    results = [check(a, c, n, work) for n in sizes]
    what = results[2][1]
    times = [r.total if r and r.ok else 0 for r, _ in results]
    ratio = times[2] / times[0] if times[0] else 0
    steady = ratio <= a.most or times[2] < NOISE_MS * 4
    bad = [w for _, w in results if w.startswith("FAILED")]
    if not bad and not steady and all(w.startswith(what[:4]) for _, w in results):
        bad = [f"FAILED: {ratio:.1f} times from N to 4N"]
    last = results[2][0]
    size = os.path.getsize(os.path.join(work, "x" + c.extension))
    cells = [c.name, f"{sizes[2]:,}", f"{size / 1e3:,.0f}", *(f"{t:.1f}" for t in times), f"{ratio:.1f}", f"{last.peak / 1024:.0f}" if last and last.ok else "–",
             (bad[0] if bad else what).replace("|", "\\|")]
    if bad:
        print(" ".join(cells), file=sys.stderr)
    return "| " + " | ".join(cells) + " |", bool(bad)


def constructs_table(a):
    rows = ["", "## Programs of one construct", "",
            "ms at N, 2N and 4N, and the time of 4N over that of N (4 is linear; where a limit refuses the program, the time to say so); `runs`: compiled, run by dxvm, the output right.", "",
            "| construct | 4N | kB | N ms | 2N ms | 4N ms | 4N / N | peak MB | at 4N |", "|---|---|---|---|---|---|---|---|---|"]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="dx-compile-") as work:
        for c in constructs.CONSTRUCTS:
            if a.only and a.only not in c.name:
                continue
            row, bad = construct_row(a, c, work)
            rows.append(row)
            failed += bad
    rows[3] += f" {len(rows) - 6} constructs, {failed} failed."
    return rows, failed


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument("--build", default=os.path.join(ROOT, "build"))
    args.add_argument("--treesitter")
    args.add_argument("--out")
    args.add_argument("--only")
    args.add_argument("--scale", type=float, default=1)
    args.add_argument("--rounds", type=int, default=3)
    args.add_argument("--most", type=float, default=7)
    args.add_argument("--project", action="append", default=[])
    args.add_argument("--file", action="append", default=[])
    a = args.parse_args()
    a.build = os.path.abspath(a.build)
    start = time.time()
    rows = ["# Compile speed", ""]
    rows += projects_table(a) if a.project else []
    rows += files_table(a) if a.file else []
    table, failed = constructs_table(a)
    rows += table + ["", f"{os.uname().machine}, {os.cpu_count()} cores, one thread used. Made by `python3 bench/compile/run.py` with the projects named above in {time.time() - start:.0f} s.", ""]
    if a.out:
        with open(a.out, "w", encoding="utf-8") as f:
            f.write("\n".join(rows))
    else:
        print("\n".join(rows))
    return 1 if failed else 0


sys.exit(main())
