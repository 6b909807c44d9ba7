#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Types what the ```console blocks of a document show and compares what is printed.

    readme.py FILE BUILD_DIRECTORY

In a block `$ ` begins a command, `> ` continues it (as a shell prompts), other lines are its output; `…` stands for any text. All blocks
run in one new directory, with the build directory in PATH. Last line: `N passed, N failed`, one for each command.
"""
import os
import re
import subprocess
import sys
import tempfile


def commands(text):
    """[(command, expected lines)] of all blocks."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append([line[2:], []])
            elif line.startswith("> ") and not found[-1][1]:
                found[-1][0] += "\n" + line[2:]
            else:
                found[-1][1].append(line)
    return found


def matches(wanted, got):
    if len(wanted) != len(got):
        return False
    return all(re.fullmatch(".*".join(re.escape(p) for p in w.rstrip().split("…")), g.rstrip()) for w, g in zip(wanted, got))


def main(document, build):
    with open(document, encoding="utf-8") as f:
        todo = commands(f.read())
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        env = dict(os.environ, PATH=os.path.abspath(build) + os.pathsep + os.environ["PATH"], NO_COLOR="1", CI="true",
                   XDG_CACHE_HOME=os.path.join(work, ".cache"))
        for command, wanted in todo:
            done = subprocess.run(["bash", "-c", command], cwd=work, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, timeout=120)
            got = done.stdout.splitlines()
            if not matches(wanted, got):
                failed += 1
                print(f"FAIL $ {command}\n--- {document} says\n" + "\n".join(wanted) + "\n--- it prints\n" + "\n".join(got))
    print(f"{len(todo) - failed} passed, {failed} failed")
    return 1 if failed or not todo else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
