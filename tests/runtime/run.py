#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The test runtime through `dx test`: each test file of FOLDERS says in `// expect:` lines what the report must hold, in that order
(`// args:` adds arguments); messages.test.js must give, matcher by matcher, what Jest said (messages.json)."""
import json, os, re, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DX = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/dx")
ONLY = sys.argv[2] if len(sys.argv) > 2 else ""
FOLDERS = ["cases", "module_mocks/jest", "module_mocks/vitest", "module_mocks/bun"]


def run(args, cwd, ci="true"):
    env = dict(os.environ, CI=ci, NO_COLOR="1", XDG_CACHE_HOME=tempfile.gettempdir() + "/dx-runtime-tests")
    r = subprocess.run([DX, "test", *args], cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, timeout=120)
    return r.stdout.decode("utf-8", "replace"), r.returncode


def case(path):
    source = open(path).read()
    wanted = re.findall(r"^// expect: (.*)$", source, re.M)
    args = " ".join(re.findall(r"^// args: (.*)$", source, re.M)).split()
    out, code = run([os.path.basename(path), *args], os.path.dirname(path))
    at = 0
    for line in wanted:
        found = out.find(line, at)
        if found < 0:
            return f"not in the report (in this order): {line!r}\n{out}"
        at = found + len(line)
    if (code != 0) != (" failed," in out.split("Tests:")[-1]):
        return f"exit code {code}\n{out}"
    return None


def tree(folder):
    return {os.path.relpath(os.path.join(d, f), folder): open(os.path.join(d, f), "rb").read() for d, _, files in os.walk(folder) for f in files}


def writing(folder):
    """writes/NAME: `before` run with the words of `args` must become `after`; what `expect` holds must be in the report."""
    args = open(os.path.join(folder, "args")).read().split() if os.path.exists(os.path.join(folder, "args")) else []
    with tempfile.TemporaryDirectory() as tmp:
        at = os.path.join(tmp, "project")
        shutil.copytree(os.path.join(folder, "before"), at)
        out, _ = run(args, at, "")
        for line in open(os.path.join(folder, "expect")).read().splitlines():
            if line not in out:
                return f"not in the report: {line!r}\n{out}"
        got, want = tree(at), tree(os.path.join(folder, "after"))
        for name in sorted(set(got) | set(want)):
            if got.get(name) != want.get(name):
                return f"{name} is now\n{got.get(name, b'not there').decode()}"
    return None


def messages():
    out, _ = run(["messages"], HERE)
    text = next((l for l in out.splitlines() if '[["toBe num"' in l), None)
    if text is None:
        return [("messages", "no list printed\n" + out)], 1
    got = json.loads(text[text.index("["):])
    known = json.load(open(os.path.join(HERE, "messages.known.json")))
    bad = []
    for (name, want), (_, have) in zip(json.load(open(os.path.join(HERE, "messages.json"))), got):
        have = re.split(r"\n\n +(?:>? *\d+ \||at )", have)[0]
        if (have.rstrip() == want.rstrip()) == (name in known):
            bad.append((f"message {name}", f"Jest:\n{want}\ndx:\n{have}" if name not in known else "now equal: take it out of messages.known.json"))
    return bad, len(got)


def main():
    passed, failures = 0, []
    for folder in FOLDERS:
        for name in sorted(os.listdir(os.path.join(HERE, folder))):
            if not re.search(r"\.test\.[jt]s$", name) or ONLY not in name:
                continue
            why = case(os.path.join(HERE, folder, name))
            if why:
                failures.append((name, why))
            else:
                passed += 1
    for name in sorted(os.listdir(os.path.join(HERE, "writes"))):
        if ONLY not in name:
            continue
        why = writing(os.path.join(HERE, "writes", name))
        if why:
            failures.append((name, why))
        else:
            passed += 1
    if ONLY in "messages":
        bad, n = messages()
        failures += bad
        passed += n - len(bad)
    for name, why in failures:
        print(f"FAIL {name}: {why}")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
