#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles every source file of checkouts, each by itself, and asks TypeScript and Node about the ones refused.

usage: run.py [--dxtc build/dxtc] [--peers DIR] [--both] [--list FILE] [--out FILE.md] [NAME=]DIR[@VERSION]…

Every .ts .tsx .mts .cts .js .jsx .mjs .cjs file counts, declaration files and node_modules apart. A refused file that the oracle accepts
is a false diagnostic: exit status 1. "Left out" are files whose diagnostic says "Not supported". --peers: a directory whose node_modules holds typescript. --both asks the oracle about compiled
files too and counts those it refuses. --list writes one line a file that is false, crashed, refused by both (elsewhere: not at the same line) or, with --both, only compiled here.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = re.compile(r"\.([cm]?[jt]s|[jt]sx)$")
DECLARATION = re.compile(r"\.d(\.[^/]+)?\.[cm]?ts$")
BATCH, TIMEOUT = 400, 120


class Checkout:
    def __init__(self, argument):
        self.name, _, rest = argument.rpartition("=")
        self.dir, _, self.version = rest.partition("@")
        self.dir = os.path.realpath(self.dir)
        self.name = self.name or os.path.basename(self.dir)
        self.version = self.version or self.found_version()
        self.files = sorted(self.sources())
        self.bytes = sum(os.path.getsize(f) for f in self.files)
        self.refused, self.broken, self.answers = {}, {}, {}

    def found_version(self):
        git = subprocess.run(["git", "-C", self.dir, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
        top = subprocess.run(["git", "-C", self.dir, "rev-parse", "--show-toplevel"], capture_output=True, text=True)
        if git.returncode == 0 and top.stdout.strip() == self.dir:
            return git.stdout.strip()
        try:
            with open(os.path.join(self.dir, "package.json"), encoding="utf-8") as f:
                return json.load(f).get("version", "")
        except (OSError, ValueError):
            return ""

    def sources(self):
        for directory, below, names in os.walk(self.dir):
            below[:] = [d for d in below if d not in ("node_modules", ".git")]
            for name in names:
                path = os.path.join(directory, name)
                if SOURCE.search(name) and not DECLARATION.search(name) and os.path.isfile(path) and not os.path.islink(path):
                    yield path

    def compiled(self):
        return [f for f in self.files if f not in self.refused and f not in self.broken]

    def unsupported(self):
        """What says of itself that it is a part of the language left out."""
        return [f for f, message in self.refused.items() if ": Not supported: " in message]

    def false(self):
        left_out = set(self.unsupported())
        return [f for f in self.refused if not self.answers[f] and f not in left_out]

    def both(self):
        left_out = set(self.unsupported())
        return [f for f in self.refused if self.answers[f] and f not in left_out]


def compile_batch(dxtc, checkout, files, out):
    """{file: None | message} and {file: how it ended} for files that broke the compiler."""
    command = [dxtc, "-c", "-o", out, *(os.path.relpath(f, checkout.dir) for f in files)]
    try:
        done = subprocess.run(command, cwd=checkout.dir, capture_output=True, text=True, errors="replace", timeout=TIMEOUT)
        how = None if done.returncode in (0, 3) else f"exit status {done.returncode}"
    except subprocess.TimeoutExpired:
        how = f"longer than {TIMEOUT} s"
    if how and len(files) > 1:
        refused, broken = {}, {}
        for part in (files[: len(files) // 2], files[len(files) // 2:]):
            r, b = compile_batch(dxtc, checkout, part, out)
            refused.update(r)
            broken.update(b)
        return refused, broken
    config = re.search(r"(\S+config\.json:\d+:\d+): error: (.*)", done.stderr) if how == "exit status 2" else None
    if config:
        return {files[0]: f"{os.path.basename(config[1])}: {config[2]}"}, {}
    if how:
        return {}, {files[0]: how}
    messages, refused, broken = {}, {}, {}
    for line in done.stderr.splitlines():
        found = re.match(r"(.+?):(\d+):(\d+): error: (.*)", line)
        verify = re.match(r"(.+?): error: (.*)", line)
        if found:
            messages.setdefault(os.path.join(checkout.dir, found[1]), f"{found[2]}:{found[3]}: {found[4]}")
        elif verify:
            messages.setdefault(os.path.join(checkout.dir, verify[1]), "!" + verify[2])
    for f in files:
        if os.path.exists(os.path.join(out, os.path.relpath(f, checkout.dir) + ".dxt")):
            continue
        message = messages.get(f, "!no message")
        (broken if message.startswith("!") else refused)[f] = message.lstrip("!")
    return refused, broken


def compile_all(dxtc, checkout, jobs):
    batches = [checkout.files[i:i + BATCH] for i in range(0, len(checkout.files), BATCH)]
    with tempfile.TemporaryDirectory(prefix="dx-sweep-") as out, concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for refused, broken in pool.map(lambda b: compile_batch(dxtc, checkout, b, out), batches):
            checkout.refused.update(refused)
            checkout.broken.update(broken)


def ask(peers, files):
    if not files:
        return {}
    command = ["node", "--experimental-vm-modules", "--no-warnings", os.path.join(HERE, "oracle.mjs")]
    done = subprocess.run(command, input="\n".join(files), capture_output=True, text=True, env={**os.environ, "PEERS": peers})
    if done.returncode:
        sys.exit("oracle: " + done.stderr[-2000:])
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return {a["path"]: a["errors"] for a in answers}


def ask_all(peers, checkout, files, jobs):
    parts = [files[i::jobs] for i in range(jobs)]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for answers in pool.map(lambda p: ask(peers, p), parts):
            checkout.answers.update(answers)


def kind_of(message):
    """A message without position and names."""
    text = re.sub(r"^\d+:(\d+:)? ", "", message)
    text = re.sub(r"'[^']*'|/.*/\w*(?=:)|<[^>]*>", "…", text)
    return text


def same_line(checkout, f):
    line = checkout.refused[f].split(":")[0]
    return any(answer.split(":")[0] in (line, "0") for answer in checkout.answers[f])


def report(checkouts, command, both, took):
    rows = ["# Sources of other projects", "",
            "Every source file compiled by itself (`dxtc -c`) and verified; each refused file shown to TypeScript (`.ts`…) or Node (`.js`…).", "",
            "| project | version | files | MB | compiled | refused by both | left out | false diagnostics | broken |" + (" only compiled here |" if both else ""),
            "|---|---|---|---|---|---|---|---|---|" + ("---|" if both else "")]
    sums = collections.Counter()
    for c in checkouts:
        only = sum(1 for f in c.compiled() if c.answers.get(f)) if both else 0
        numbers = [len(c.files), c.bytes / 1e6, len(c.compiled()), len(c.both()), len(c.unsupported()), len(c.false()), len(c.broken), only]
        sums.update(dict(enumerate(numbers)))
        rows.append(f"| {c.name} | {c.version} | " + " | ".join(f"{n:.2f}" if i == 1 else str(n) for i, n in enumerate(numbers[:8 if both else 7])) + " |")
    rows.append("| **all** | | " + " | ".join(f"**{sums[i]:.2f}**" if i == 1 else f"**{sums[i]}**" for i in range(8 if both else 7)) + " |")
    left_out = sorted({re.sub(r".*Not supported: ", "", c.refused[f]) for c in checkouts for f in c.unsupported()})
    if left_out:
        rows += ["", "Left out (said by the diagnostic): " + "; ".join(left_out) + "."]
    agree, both_count = sum(same_line(c, f) for c in checkouts for f in c.both()), sum(len(c.both()) for c in checkouts)
    rows += ["", f"Refused here and there ({agree} of {both_count} at one and the same line), by what is said here:", "", "| diagnostic | files | for one of them the oracle says |", "|---|---|---|"]
    kinds = collections.defaultdict(list)
    for c in checkouts:
        for f in c.both():
            kinds[kind_of(c.refused[f])].append(c.answers[f][0])
    for kind, answers in sorted(kinds.items(), key=lambda k: (-len(k[1]), k[0])):
        answer = re.sub(r"\s+", " ", re.sub(r"^\d+: ", "", collections.Counter(answers).most_common(1)[0][0]))[:110].replace("|", "\\|")
        rows.append("| " + kind.replace("|", "\\|") + f" | {len(answers)} | {answer} |")
    if both:
        rows += ["", "Compiled here, refused by the oracle (for information: type and module checks, what Node 20 does not know yet), by the oracle's words:", "",
                 "| oracle | files |", "|---|---|"]
        words = collections.Counter(kind_of(c.answers[f][0]) for c in checkouts for f in c.compiled() if c.answers.get(f))
        rows += [f"| {re.sub(chr(10), ' ', w)[:140]} | {n} |".replace("||", "\\|\\|") for w, n in words.most_common(60)]
    rows += ["", f"Made by `{command}` in {took:.0f} s (Node {node_version()}).", ""]
    return "\n".join(rows)


def node_version():
    return subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()


def list_files(path, checkouts):
    with open(path, "w", encoding="utf-8") as out:
        for c in checkouts:
            for f, how in c.broken.items():
                print(f"broken\t{f}\t{how}", file=out)
            for f in c.false():
                print(f"false\t{f}\t{c.refused[f]}", file=out)
            for f in c.both():
                print(f"{'both' if same_line(c, f) else 'elsewhere'}\t{f}\t{c.refused[f]}\t{c.answers[f][0]}", file=out)
            for f in c.compiled():
                if c.answers.get(f):
                    print(f"only\t{f}\t{c.answers[f][0]}", file=out)


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument("--dxtc", default=os.path.join(HERE, "..", "..", "build", "dxtc"))
    args.add_argument("--peers", default=os.path.join(HERE, "..", ".."))
    args.add_argument("--both", action="store_true")
    args.add_argument("--jobs", type=int, default=os.cpu_count())
    args.add_argument("--list")
    args.add_argument("--out")
    args.add_argument("checkouts", nargs="+")
    a = args.parse_args()
    start = time.time()
    checkouts = []
    for argument in a.checkouts:
        c = Checkout(argument)
        checkouts.append(c)
        compile_all(os.path.abspath(a.dxtc), c, a.jobs)
        ask_all(os.path.abspath(a.peers), c, c.files if a.both else list(c.refused), a.jobs)
        print(f"{c.name}: {len(c.files)} files, {len(c.refused)} refused, {len(c.false())} of them falsely, {len(c.broken)} broken", file=sys.stderr)
    names = " ".join(c.name for c in checkouts)
    text = report(checkouts, f"python3 bench/sweep/run.py {'--both ' if a.both else ''}{names}", a.both, time.time() - start)
    if a.list:
        list_files(a.list, checkouts)
    if a.out:
        with open(a.out, "w", encoding="utf-8") as f:
            f.write(text)
    else:
        print(text)
    return 1 if any(c.false() or c.broken for c in checkouts) else 0


sys.exit(main())
