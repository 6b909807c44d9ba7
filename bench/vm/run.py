#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""VM speed: runs each program of programs/ under several engines, alternating, and compares the times.

usage: run.py [-n ROUNDS] [--out FILE.md] [--engine NAME=COMMAND]… [PROGRAM…]

Engines known by name: dx (compiled first by build/dxtc, compile time not counted; then `build/dxvm run`), qjs ($QJS or qjs),
bun ($BUN or bun, with BUN_JSC_useJIT=0), node (node --jitless). Default: every one of dx, qjs, bun that is present.
`--engines dx,qjs` chooses; `--engine NAME=COMMAND` adds one, `{}` in COMMAND standing for the program.
Times are whole processes (user + system + waiting), start included. An engine whose output differs from the others' is reported and not timed.
"""
import argparse
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
TIMEOUT = 60


def build_path(name):
    return os.path.join(os.environ.get("DX_BUILD", os.path.join(ROOT, "build")), name)


class Engine:
    """How to run one program: `prepare` once, then `command` per run."""

    def __init__(self, name, command, env=None, present=True):
        self.name, self.command_line, self.env, self.present = name, command, env or {}, present

    def prepare(self, program, work):
        return [a.replace("{}", program) for a in self.command_line]


class Dx(Engine):
    def prepare(self, program, work):
        out = os.path.join(work, os.path.basename(program) + ".dxt")
        made = subprocess.run([build_path("dxtc"), program, "-o", out], capture_output=True, text=True, timeout=TIMEOUT)
        if made.returncode:
            raise RuntimeError("dxtc: " + (made.stderr.strip().splitlines() or ["exit %d" % made.returncode])[0])
        return [build_path("dxvm"), "run", out]


def known_engines():
    qjs, bun = os.environ.get("QJS", "qjs"), os.environ.get("BUN", "bun")
    return [
        Dx("dx", [], present=os.path.exists(build_path("dxvm")) and os.path.exists(build_path("dxtc"))),
        Engine("qjs", [qjs, "{}"], present=shutil.which(qjs)),
        Engine("bun", [bun, "{}"], {"BUN_JSC_useJIT": "0"}, present=shutil.which(bun)),
        Engine("node", ["node", "--jitless", "{}"], present=False),
    ]


def run_once(command, env):
    start = time.perf_counter()
    done = subprocess.run(command, env={**os.environ, **env}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=TIMEOUT)
    took = (time.perf_counter() - start) * 1000
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["exit %d" % done.returncode])[0][:100])
    return done.stdout.strip(), took


def measure(program, engines, rounds, work):
    """{engine name: list of ms, or a string that says why not}; engines take turns within each round."""
    times, outputs, commands = {}, {}, {}
    for e in engines:
        try:
            commands[e.name] = e.prepare(program, work)
            outputs[e.name], _ = run_once(commands[e.name], e.env)
            times[e.name] = []
        except (RuntimeError, OSError, subprocess.TimeoutExpired) as fault:
            times[e.name] = "timeout" if isinstance(fault, subprocess.TimeoutExpired) else str(fault)
    majority = statistics.mode(outputs.values()) if outputs else None
    for name, text in outputs.items():
        if text != majority:
            times[name] = "output differs: " + text[:60]
    live = [e for e in engines if isinstance(times[e.name], list)]
    for _ in range(rounds):
        for e in live:
            times[e.name].append(run_once(commands[e.name], e.env)[1])
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=5, metavar="ROUNDS")
    parser.add_argument("--engines")
    parser.add_argument("--engine", action="append", default=[])
    parser.add_argument("--out")
    parser.add_argument("programs", nargs="*")
    args = parser.parse_args()

    known = known_engines()
    if args.engines:
        names = args.engines.split(",")
        engines = [e for e in known if e.name in names]
    else:
        engines = [e for e in known if e.present]
    for spec in args.engine:
        name, _, command = spec.partition("=")
        engines.append(Engine(name, command.split()))
    if not engines:
        sys.exit("no engine found: build DX, or set QJS or BUN")
    folder = os.path.join(HERE, "programs")
    programs = [os.path.join(folder, f) for f in sorted(os.listdir(folder)) if f.endswith(".js")]
    if args.programs:
        programs = [p for p in programs if any(w in os.path.basename(p) for w in args.programs)]

    first = engines[0].name
    rest = [e.name for e in engines[1:]]
    lines = [f"Median (and least) ms of {args.n} alternating runs, whole process; ratio = time of that engine / time of {first}.", "",
             "| program | " + " | ".join([first] + [f"{n} | {n}/{first}" for n in rest]) + " |",
             "|---" * (2 + 2 * len(rest)) + "|"]
    print("\n".join(lines), flush=True)
    ratios, notes = {n: [] for n in rest}, []
    with tempfile.TemporaryDirectory() as work:
        for program in programs:
            times = measure(program, engines, args.n, work)
            name = os.path.basename(program)[:-3]
            cell = lambda t: f"{statistics.median(t):.0f} ({min(t):.0f})" if isinstance(t, list) else "–"
            row = [name, cell(times[first])]
            for other in rest:
                row.append(cell(times[other]))
                if isinstance(times[first], list) and isinstance(times[other], list):
                    ratio = statistics.median(times[other]) / statistics.median(times[first])
                    ratios[other].append(ratio)
                    row.append(f"{ratio:.2f}")
                else:
                    row.append("–")
            notes += [f"- {name}, {n}: {t}" for n, t in times.items() if not isinstance(t, list)]
            lines.append("| " + " | ".join(row) + " |")
            print(lines[-1], flush=True)
    means = []
    for other in rest:
        r = ratios[other]
        mean = math.exp(sum(map(math.log, r)) / len(r)) if r else float("nan")
        means += ["", f"**{mean:.2f}**"]
    tail = ["| geometric mean | | " + " | ".join(means) + " |"] if rest else []
    tail += [""] + notes + [f"{platform.machine()}, {os.cpu_count()} cores, {len(programs)} programs."]
    print("\n".join(tail))
    if args.out:
        with open(args.out, "w", encoding="utf-8") as f:
            f.write("\n".join(["# VM speed", ""] + lines + tail) + "\n")


if __name__ == "__main__":
    main()
