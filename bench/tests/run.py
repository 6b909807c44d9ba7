#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The test runner measured against `bun test`: whole runs, peak memory, assertions, garbage, recursion, start of a realm.

usage: run.py [-n ROUNDS] [--bun PATH] [--dx PATH] [--subject dx|bun] [--only WORD,…] [--out FILE.md]

The two runners take turns within each round; medians are compared, least values are shown beside them. A run that does not report
the expected number of passed tests and none failed counts as a fault, not as a time. `--subject bun` measures Bun against itself
(shows the noise). Memory is the ru_maxrss that wait4 gives: the largest single process of a run.
"""
import argparse
import ctypes
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", ".."))
ANSI = re.compile(rb"\x1b\[[0-9;]*m")


class Run:
    """One finished process: milliseconds, peak resident MB, exit status, output.

    posix_spawn from the project's directory, because a fork of this interpreter would cost as much as a short run. A process
    counts the peak of the program it was before its exec, so with `weigh` a small shell starts the command in the background and
    ends; as subreaper this process then waits for the command itself, whose peak starts at the shell's 2 MB.
    """

    def __init__(self, command, cwd, env, timeout=120, weigh=False):
        with tempfile.TemporaryFile() as out:
            os.chdir(cwd)
            actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, out.fileno(), 1),
                       (os.POSIX_SPAWN_DUP2, out.fileno(), 2)]
            if weigh:
                ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
                command = ["/bin/sh", "-c", '"$@" & echo $! > .pid', "sh", *command]
            start = time.perf_counter()
            pid = os.posix_spawn(command[0], command, env, file_actions=actions)
            signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
            signal.alarm(timeout)
            if weigh:
                pid = self.adopt(pid)
            _, status, usage = os.wait4(pid, 0)
            self.ms = (time.perf_counter() - start) * 1000
            signal.alarm(0)
            self.mb = usage.ru_maxrss / 1024
            self.status = os.waitstatus_to_exitcode(status)
            out.seek(0)
            self.text = ANSI.sub(b"", out.read()).decode("utf-8", "replace")

    @staticmethod
    def adopt(shell):
        os.waitpid(shell, 0)
        with open(".pid", encoding="ascii") as f:
            return int(f.read())

    def counts(self):
        """(passed, failed) as the summary says, or None."""
        tests = re.findall(r"^\s*Tests:\s+(.*)$", self.text, re.M)
        if tests:
            found = {w: int(n) for n, w in re.findall(r"(\d+) (\w+)", tests[-1])}
            return found.get("passed", 0), found.get("failed", 0)
        passed, failed = re.findall(r"^ *(\d+) pass$", self.text, re.M), re.findall(r"^ *(\d+) fail$", self.text, re.M)
        return (int(passed[-1]), int(failed[-1]) if failed else 0) if passed else None


class Runner:
    def __init__(self, kind, path, home):
        self.kind, self.path, self.home = kind, path, home
        self.env = dict(os.environ, CI="true", NO_COLOR="1", XDG_CACHE_HOME=os.path.join(home, "cache"),
                        BUN_RUNTIME_TRANSPILER_CACHE_PATH=os.path.join(home, "cache", "bun"))

    def forget(self, project):
        """Removes every cache this runner may have made."""
        shutil.rmtree(os.path.join(self.home, "cache"), ignore_errors=True)
        shutil.rmtree(os.path.join(project, ".dx"), ignore_errors=True)
        shutil.rmtree(os.path.join(project, "node_modules", ".cache"), ignore_errors=True)

    def run(self, project, files, passed, cold=False, weigh=False):
        if cold:
            self.forget(project)
        if self.kind == "dx":
            command = [self.path, "test", "--no-predict", *files]
        else:
            command = [self.path, "test", *("./" + f for f in files)]
        done = Run(command, project, self.env, weigh=weigh)
        counts = done.counts()
        if counts != (passed, 0) or done.status != 0:
            said = [l for l in done.text.splitlines() if l.strip()][-1:] or [""]
            raise RuntimeError(f"{self.kind}: expected {passed} passed, got {counts}, exit {done.status}: {said[0][:80]}")
        return done


class Table:
    def __init__(self):
        self.lines = ["| what | dx | bun | bun/dx | target | met |", "|---|---|---|---|---|---|"]
        self.notes = []
        print("\n".join(self.lines), flush=True)

    def row(self, what, dx, bun, ratio, target, met):
        line = f"| {what} | {dx} | {bun} | {ratio} | {target} | {met} |"
        self.lines.append(line)
        print(line, flush=True)

    def fault(self, what, target, why):
        self.row(what, "–", "–", "–", target, "no")
        self.notes.append(f"- {what}: {why}")
        print(self.notes[-1], flush=True)


def shown(values, unit):
    return f"{statistics.median(values):.1f} ({min(values):.1f}) {unit}"


def alternate(subject, peer, rounds, once):
    """once(runner) → number, taken in turns; two lists."""
    mine, theirs = [], []
    for i in range(rounds):
        for runner, into in ((subject, mine), (peer, theirs)) if i % 2 == 0 else ((peer, theirs), (subject, mine)):
            into.append(once(runner))
    return mine, theirs


def compare(table, what, target, subject, peer, rounds, once, unit="ms"):
    try:
        mine, theirs = alternate(subject, peer, rounds, once)
    except RuntimeError as fault:
        return table.fault(what, f"≥ {target:g}×", fault)
    nothing = 0.05  # of a millisecond: differences of whole processes tell no less
    ratio = statistics.median(theirs) / max(statistics.median(mine), nothing)
    least = "≥ " if statistics.median(mine) < nothing else ""
    table.row(what, shown(mine, unit), shown(theirs, unit), f"{least}{ratio:.2f}", f"≥ {target:g}×", "yes" if ratio >= target else "no")


def whole_runs(table, wanted, subject, peer, rounds, work):
    projects = {}
    for runner in (subject, peer):  # one copy each, so that caches and snapshots never meet
        projects[id(runner)] = os.path.join(work, "gen500-" + ("subject" if runner is subject else "peer"))
        subprocess.run([sys.executable, os.path.join(ROOT, "bench", "gen500", "generate.py"), projects[id(runner)]],
                       check=True, stdout=subprocess.DEVNULL)
    names = sorted(f for f in os.listdir(os.path.join(projects[id(subject)], "tests")) if ".test." in f)
    ones = ["tests/" + names[i] for i in range(0, len(names), 10)]  # every tenth: some wait for timers, most do not
    run = lambda r, files=(), passed=500, **how: r.run(projects[id(r)], files, passed, **how)
    if wanted("cold"):
        compare(table, "500 tests, cold (no cache)", 1.5, subject, peer, rounds, lambda r: run(r, cold=True).ms)
    try:
        for r in (subject, peer):
            run(r), [run(r, [one], 10) for one in ones]
    except RuntimeError as fault:
        return table.fault("500 tests, warm", "≥ 5×", fault)
    if wanted("warm"):
        compare(table, "500 tests, warm, all executed", 5, subject, peer, rounds, lambda r: run(r).ms)
    if wanted("one"):
        compare(table, "one file of 10 tests, warm (mean of five files)", 5, subject, peer, rounds,
                lambda r: sum(run(r, [one], 10).ms for one in ones) / len(ones))
    if wanted("memory"):
        compare(table, "peak memory, 500 tests warm", 3, subject, peer, max(3, rounds // 2), lambda r: run(r, weigh=True).mb, "MB")
        compare(table, "peak memory, 500 tests cold", 3, subject, peer, max(3, rounds // 2), lambda r: run(r, cold=True, weigh=True).mb, "MB")


def small_files(table, subject, peer, rounds, work):
    """Many files with next to nothing in them: what a fresh realm and its report cost for each."""
    count, home = 200, {}
    for runner in (subject, peer):
        home[id(runner)] = folder = os.path.join(work, "small-" + ("subject" if runner is subject else "peer"))
        os.makedirs(os.path.join(folder, "tests"))
        with open(os.path.join(folder, "package.json"), "w", encoding="utf-8") as f:
            f.write('{ "private": true, "type": "module" }\n')
        for i in range(count):
            with open(os.path.join(folder, "tests", f"f{i}.test.js"), "w", encoding="utf-8") as f:
                f.write(f"test('adds {i}', () => {{\n    expect({i} + 1).toBe({i + 1});\n}});\n")
    run = lambda r: r.run(home[id(r)], [], count).ms
    try:
        run(subject), run(peer)
    except RuntimeError as fault:
        return table.fault(f"{count} files of one test, warm", "≥ 5×", fault)
    compare(table, f"{count} files of one test, warm", 5, subject, peer, rounds, run)


def cases_of(work, runner, subject):
    folder = os.path.join(work, "cases-" + ("subject" if runner is subject else "peer"))
    if not os.path.isdir(folder):
        shutil.copytree(os.path.join(HERE, "cases"), folder)
        with open(os.path.join(folder, "package.json"), "w", encoding="utf-8") as f:
            f.write('{ "private": true, "type": "module" }\n')
    return folder


def assertions(table, wanted, subject, peer, rounds, work):
    def net(name, base, count=1):
        def once(runner):
            folder = cases_of(work, runner, subject)
            more, less = runner.run(folder, [name], count).ms, runner.run(folder, [base], 1).ms
            return max(more - less, 0.001)
        return once
    for word, what, name, base in (
            ("tobe", "1,000,000 expect(x).toBe(y), beyond the bare loop", "to_be_million.test.js", "to_be_none.test.js"),
            ("mixed", "1,000,000 toBe of strings, objects, calls, beyond the same loop without them", "to_be_mixed_million.test.ts",
             "to_be_mixed_none.test.ts"),
            ("mixed", "the same with the loop and the calls, beyond an empty test", "to_be_mixed_million.test.ts", "empty.test.js"),
            ("toequal", "toEqual of 1,000,000 numbers × 10, beyond making them", "equal_arrays.test.js", "equal_arrays_none.test.js")):
        if not wanted(word):
            continue
        try:
            for r in (subject, peer):  # warm both files
                net(name, base)(r)
        except RuntimeError as fault:
            table.fault(what, "≥ 10×", fault)
            continue
        compare(table, what, 10, subject, peer, rounds, net(name, base))


def limits(table, wanted, subject, peer, work):
    def both(what, files, passed, target, judge, show):
        out = []
        for runner in (subject, peer):
            try:
                done = runner.run(cases_of(work, runner, subject), files, passed, weigh=True)
                out.append((show(done), judge(done)))
            except RuntimeError as fault:
                out.append(("fails", False))
                table.notes.append(f"- {what}: {fault}")
        table.row(what, out[0][0], out[1][0], "", target, "yes" if out[0][1] else "no")
    if wanted("garbage"):
        both("5 GB (and 2 GB of small objects) of garbage", ["garbage.test.js"], 2, "passes, < 600 MB", lambda d: d.mb < 600,
             lambda d: f"{d.mb:.0f} MB, {d.ms:.0f} ms")
    if wanted("recursion"):
        both("recursion 100,000 deep, seven ways", ["recursion.test.js"], 7, "no crash", lambda d: True, lambda d: f"{d.ms:.0f} ms")
    if wanted("realm"):
        both("globals patched in one file unseen in the next", ["realm_a_patches.test.js", "realm_b_pristine.test.js"], 2,
             "passes", lambda d: True, lambda d: "passes")


def empty_realm(table, subject, work):
    """What `dxvm run` of an empty module costs beyond starting and ending the same binary."""
    build = os.path.dirname(subject.path)
    dxtc, dxvm = os.path.join(build, "dxtc"), os.path.join(build, "dxvm")
    what, target = "`dxvm run` of an empty module beyond `dxvm --version`", "≤ 100 µs"
    if not (os.path.exists(dxtc) and os.path.exists(dxvm)):
        return table.fault(what, target, "no dxtc or dxvm beside " + subject.path)
    source, module = os.path.join(work, "empty.js"), os.path.join(work, "empty.dxt")
    with open(source, "w", encoding="utf-8"):
        pass
    made = subprocess.run([dxtc, source, "-o", module], capture_output=True, text=True)
    if made.returncode:
        return table.fault(what, target, made.stderr.strip()[:100])
    times, quiet = {"run": [], "start": []}, [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    for _ in range(300):
        for key, command in (("run", [dxvm, "run", module]), ("start", [dxvm, "--version"])):
            start = time.perf_counter()
            os.waitpid(os.posix_spawn(command[0], command, os.environ, file_actions=quiet), 0)
            times[key].append((time.perf_counter() - start) * 1e6)
    boot = os.path.join(build, "boot_bench")
    if os.path.exists(boot):
        median, least = map(float, subprocess.run([boot, "300"], capture_output=True, text=True, check=True).stdout.split())
        table.row("vm_boot alone, timed inside fresh processes", f"{median:.0f} ({least:.0f}) µs", "", "", target, "yes" if median <= 100 else "no")
    beyond = statistics.median(times["run"]) - statistics.median(times["start"])
    table.row(what, f"{beyond:.0f} µs (of {statistics.median(times['run']):.0f})", "", "", target, "yes" if beyond <= 100 else "no")


def main():
    start_dir = os.getcwd()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=11, metavar="ROUNDS")
    parser.add_argument("--dx", default=os.path.join(ROOT, "build", "dx"))
    parser.add_argument("--bun", default=os.environ.get("BUN") or shutil.which("bun") or "bun")
    parser.add_argument("--subject", choices=["dx", "bun"], default="dx")
    parser.add_argument("--only", help="of cold,warm,one,memory,files,tobe,mixed,toequal,garbage,recursion,realm,start")
    parser.add_argument("--out")
    args = parser.parse_args()
    only = args.only.split(",") if args.only else None
    wanted = lambda word: only is None or word in only
    if not shutil.which(args.bun):
        sys.exit("no bun: npm i, then --bun or BUN=path")
    with tempfile.TemporaryDirectory() as work:
        path = args.bun if args.subject == "bun" else os.path.abspath(args.dx)
        subject = Runner(args.subject, path, os.path.join(work, "home-subject"))
        peer = Runner("bun", os.path.abspath(shutil.which(args.bun)), os.path.join(work, "home-peer"))
        if not shutil.which(subject.path):
            sys.exit(f"no {subject.path}: build it first")
        version = subprocess.run([peer.path, "--version"], capture_output=True, text=True).stdout.strip()
        print(f"Median (least) of {args.n} alternating runs against Bun {version}; subject: {args.subject}.\n")
        table = Table()
        if any(map(wanted, ("cold", "warm", "one", "memory"))):
            whole_runs(table, wanted, subject, peer, args.n, work)
        if wanted("files"):
            small_files(table, subject, peer, args.n, work)
        assertions(table, wanted, subject, peer, max(3, args.n // 2), work)
        limits(table, wanted, subject, peer, work)
        if args.subject == "dx" and wanted("start"):
            empty_realm(table, subject, work)
    tail = ["", *table.notes, f"{platform.machine()}, {os.cpu_count()} cores, Bun {version}."]
    print("\n".join(tail))
    if args.out:
        with open(os.path.join(start_dir, args.out), "w", encoding="utf-8") as f:
            f.write("\n".join(["# dx test against bun test", "", f"Median (least) of {args.n} alternating runs.", "",
                               *table.lines, *tail]) + "\n")


if __name__ == "__main__":
    main()
