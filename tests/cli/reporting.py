# SPDX-License-Identifier: MIT
"""What people and other programs read."""
import re

FILES = {"package.json": "{}", "src/good.test.js": "describe('suite', () => { test('works', () => {}); test.skip('later', () => {}); test.todo('some day'); });\ntest('top', () => {});",
         "src/bad.test.js": "describe('outer', () => {\n  test('fails', () => {\n    expect(1 + 1).toBe(3);\n  });\n});\n"}


def test_summary_lines(t):
    t.write(FILES)
    lines = t.dx().out.splitlines()
    tail = [l for l in lines if re.match(r"(Test Suites|Tests|Snapshots|Time|Split):", l)]
    t.equal(tail[0], "Test Suites: 1 failed, 1 passed, 2 total")
    t.equal(tail[1], "Tests:       1 failed, 1 skipped, 1 todo, 2 passed, 5 total")
    t.equal(tail[2], "Snapshots:   0 total")
    t.equal(bool(re.fullmatch(r"Time:        \d+\.\d{3} s", tail[3])), True)
    t.equal(bool(re.match(r"Split:       compile [\d.]+ ms, layout [\d.]+ ms, execute [\d.]+ ms", tail[4])), True)


def test_file_lines(t):
    t.write(FILES)
    lines = t.dx().out.splitlines()
    t.equal("PASS src/good.test.js" in lines and "FAIL src/bad.test.js" in lines, True)


def test_failure_block(t):
    t.write(FILES)
    out = t.dx().out
    t.contains(out, "  ● outer › fails\n\n    expect(received).toBe(expected) // Object.is equality\n\n    Expected: 3\n    Received: 2\n\n")
    t.contains(out, "    > 3 |     expect(1 + 1).toBe(3);\n")
    t.equal(re.search(r"\n      at .*src/bad\.test\.js:3:19", out) is not None, True)


def test_verbose_tree(t):
    t.write(FILES)
    t.contains(t.dx("-v").out, "PASS src/good.test.js\n  ✓ top\n  suite\n    ✓ works\n    ○ skipped later\n    ✎ todo some day\n")
    t.lacks(t.dx().out, "✓")


def test_single_file_is_verbose(t):
    t.write(FILES)
    t.contains(t.dx("good").out, "    ✓ works\n")


def test_console_output_stands_with_its_file(t):
    t.write({"package.json": "{}", "a.test.js": "test('a', () => { console.log('hello %d', 7); });", "b.test.js": "test('b', () => {});"})
    out = t.dx().out
    t.contains(out, "hello 7")
    t.equal(out.index("PASS a.test.js") < out.index("hello 7") < out.index("PASS b.test.js"), True)
    t.lacks(t.dx("--silent").out, "hello")


def test_colour_only_when_asked_for(t):
    t.write(FILES)
    t.lacks(t.dx().out, "\x1b")
    t.contains(t.dx("--color").out, "\x1b[32m")
    t.lacks(t.dx("--no-color", env={"FORCE_COLOR": "1"}).out, "\x1b")


def test_snapshot_lines(t):
    t.write({"package.json": "{}", "a.test.js": "test('a', () => expect({ x: 1 }).toMatchSnapshot());"})
    out = t.dx().out
    t.contains(out, " › 1 snapshot written.")
    t.contains(out, "Snapshots:   1 written, 1 total")
    t.contains(t.dx().out, "Snapshots:   1 passed, 1 total")
    t.write({"a.test.js": "test('a', () => expect({ x: 2 }).toMatchSnapshot());"})
    r = t.dx()
    t.equal(r.code, 1)
    t.contains(r.out, "Snapshots:   1 failed, 1 total")
    r = t.dx("-u")
    t.equal(r.code, 0)
    t.contains(r.out, "1 updated")


def test_ci_writes_no_snapshot(t):
    t.write({"package.json": "{}", "a.test.js": "test('a', () => expect(1).toMatchSnapshot());"})
    t.equal(t.dx("--ci").code, 1)
    t.equal(t.dx(env={"CI": "true"}).code, 1)


def test_report_is_one_write(t):
    import os
    import subprocess
    t.write(FILES)
    t.dx()
    try:
        done = subprocess.run(["strace", "-e", "trace=write", "-e", "write=none", os.path.join(t.build, "dx"), "test"], cwd=t.dir, env=t.env, capture_output=True, text=True,
                              timeout=60)
    except FileNotFoundError:
        return
    t.equal(len([l for l in done.stderr.splitlines() if l.startswith("write(1,")]), 1)
