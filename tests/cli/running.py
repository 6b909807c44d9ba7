# SPDX-License-Identifier: MIT
"""Finding, selecting and running test files."""
import os

ONE = "test('x', () => {});\n"


def names(r):
    return sorted(os.path.basename(l) for l in r.out.splitlines() if l)


def test_exit_status_of_passing_and_failing_runs(t):
    t.write({"package.json": "{}", "a.test.js": ONE})
    t.equal(t.dx().code, 0)
    t.write({"b.test.js": "test('y', () => { throw new Error('no'); });"})
    t.equal(t.dx().code, 1)


def test_exit_status_without_tests(t):
    t.write({"package.json": "{}"})
    r = t.dx()
    t.equal(r.code, 1)
    t.contains(r.out, "No tests found")
    t.equal(t.dx("--passWithNoTests").code, 0)


def test_exit_status_of_wrong_usage(t):
    t.write({"package.json": "{}", "a.test.js": ONE})
    for args in (["--nonsense"], ["-j", "many"], ["--coverage"], ["--watch"], ["-t"], ["--root", "nowhere"], ["-c", "none.json"]):
        r = t.dx(*args)
        t.equal((args, r.code), (args, 2))
        t.equal(r.err != "", True)
    t.contains(t.dx("--coverage").err, "not supported yet")
    t.equal(t.run("dx", []).code, 2)
    t.equal(t.run("dx", ["frobnicate"]).code, 2)
    t.equal(t.run("dx", ["--version"]).code, 0)
    t.contains(t.run("dx", ["test", "--help"]).out, "usage: dx test")


def test_names_that_other_runners_have_for_options(t):
    t.write({"package.json": "{}", "a.test.js": ONE})
    for args in ("--testNamePattern x", "--test-name-pattern=x", "--updateSnapshot", "--update-snapshots", "--update", "--no-ci", "-b", "-i", "--runInBand", "-w 2",
                 "--max-workers 2", "--parallel", "--testTimeout 900", "--test-timeout=900", "--max-concurrency 2", "--rootDir .", "--cwd .", "--pass-with-no-tests", "--cache",
                 "--colors", "--no-colors", "--predict", "--no-predict", "--run", "--isolate", "--no-watch", "--forceExit", "--no-coverage", "--globals", "--reporters default"):
        r = t.dx(*args.split())
        t.equal((args, r.code, r.err), (args, 0, ""))
    t.equal(t.dx("--listTests").code, 0)
    for args in ("--coverage", "--watch", "--watchAll", "--shard", "--json", "--randomize", "--onlyChanged", "--changed", "--projects", "--reporters junit"):
        r = t.dx(*args.split())
        t.equal((args, r.code), (args, 2))
        t.contains(r.err, "is not supported yet")


def test_syntax_error_fails_its_file_only(t):
    t.write({"package.json": "{}", "a.test.js": "let x = ;\n" + ONE, "b.test.js": ONE})
    for _ in range(2):  # compiled and warm
        r = t.dx()
        t.equal(r.code, 1)
        t.contains(r.out, "Test suite failed to run")
        t.contains(r.out, "a.test.js:1:9")
        t.equal(r.counts(), {"passed": 1, "total": 1})


def test_discovery_in_a_jest_project(t):
    files = ["a.test.js", "b.spec.ts", "c.test.tsx", "test.js", "sub/d.test.mjs", "__tests__/e.js", "sub/__tests__/f.ts"]
    others = ["x.js", "y_test.js", "node_modules/p/g.test.js", "dist/h.test.js", ".hidden/i.test.js", "j.test.d.ts", "k.test.txt", "atest.js"]
    t.write({"package.json": '{"devDependencies": {"jest": "1"}}', **{f: ONE for f in files + others}})
    t.equal(names(t.dx("--list")), sorted(os.path.basename(f) for f in files))


def test_discovery_in_a_vitest_project(t):
    t.write({"package.json": '{"devDependencies": {"vitest": "1"}}', "a.test.js": ONE, "b.spec.mts": ONE, "__tests__/c.js": ONE, "test.js": ONE})
    t.equal(names(t.dx("--list")), ["a.test.js", "b.spec.mts"])


def test_discovery_without_configuration(t):
    t.write({"package.json": "{}", "a.test.js": ONE, "b_test.ts": ONE, "__tests__/c.js": ONE, "d_spec.js": ONE})
    t.equal(names(t.dx("--list")), ["a.test.js", "b_test.ts", "c.js", "d_spec.js"])


def test_jest_configuration(t):
    t.write({"package.json": '{"type": "module"}', "jest.config.mjs": "const root = '<rootDir>';\nexport default {\n  testMatch: [`${root}/src/**/*.check.js`, '**/extra/*.js'],\n"
             "  testPathIgnorePatterns: ['/skip/'], setupFiles: ['./setup.js'], testTimeout: 40,\n};",
             "setup.js": "globalThis.ready = 'yes';", "src/a.check.js": "test('a', () => expect(ready).toBe('yes'));", "src/skip/b.check.js": ONE, "src/c.test.js": ONE,
             "extra/d.js": "test('late', () => new Promise(() => {}));"})
    r = t.dx()
    t.equal(r.counts(), {"failed": 1, "passed": 1, "total": 2})
    t.contains(r.out, "40 ms")


def test_jest_test_regex_in_package_json(t):
    t.write({"package.json": '{"jest": {"testRegex": "/specs/.*\\\\.js$"}}', "specs/a.js": ONE, "b.test.js": ONE})
    t.equal(names(t.dx("--list")), ["a.js"])


def test_vitest_configuration_function_and_merge(t):
    t.write({"package.json": "{}", "base.ts": "export default { test: { include: ['one/*.ts'], exclude: ['**/no.ts'] } };",
             "vitest.config.ts": "import { defineConfig, mergeConfig } from 'vitest/config';\nimport base from './base';\n"
                                 "export default mergeConfig(base, defineConfig(() => ({ test: { include: ['two/*.ts'] } })));",
             "one/a.ts": ONE, "two/b.ts": ONE, "two/no.ts": ONE, "c.test.ts": ONE})
    t.equal(names(t.dx("--list")), ["a.ts", "b.ts"])


def test_patterns_select_files(t):
    t.write({"package.json": "{}", "src/alpha.test.js": ONE, "src/beta.test.js": ONE, "lib/alpha.test.js": ONE})
    t.equal(len(names(t.dx("--list", "alpha"))), 2)
    t.equal(len(names(t.dx("--list", "src/"))), 2)
    t.equal(len(names(t.dx("--list", "./src/beta.test.js"))), 1)
    t.equal(len(names(t.dx("--list", "beta", "lib"))), 2)
    t.equal(t.dx("nowhere").code, 1)


def test_name_pattern_selects_tests(t):
    t.write({"package.json": "{}", "a.test.js": "describe('outer', () => { test('one', () => {}); test('two', () => { throw 1; }); });"})
    r = t.dx("-t", "outer one")
    t.equal(r.counts(), {"skipped": 1, "passed": 1, "total": 2})
    t.equal(r.code, 0)


def test_run_from_a_directory_below(t):
    t.write({"package.json": "{}", "src/a.test.js": ONE, "deep/b.test.js": ONE})
    for _ in range(2):
        t.passes(t.dx(cwd="src"), 2)
    t.equal(os.path.exists(t.path("src/.dx")), False)


def test_each_file_has_its_own_realm(t):
    t.write({"package.json": "{}",
             "a.test.js": "Array.prototype.patched = 1; Object.prototype.leak = 2; globalThis.seen = 3; String = null;\nconst m = require('./m'); m.n++;\n"
                          "test('a', () => { expect([].patched).toBe(1); expect(m.n).toBe(1); });",
             "b.test.js": "const m = require('./m'); m.n++;\n"
                          "test('b', () => { expect([].patched).toBe(undefined); expect({}.leak).toBe(undefined); expect(typeof seen).toBe('undefined');\n"
                          "  expect(typeof String).toBe('function'); expect(m.n).toBe(1); });",
             "m.js": "exports.n = 0;"})
    t.passes(t.dx("--no-parallel"), 2)


def many(n, extra=None):
    files = {f"f{i:02}.test.js": f"test('t{i}', () => {{ let s = 0; for (let k = 0; k < 20000; k++) s += k; expect(s).toBe(199990000); }});" for i in range(n)}
    return {"package.json": "{}", **files, **(extra or {})}


def test_several_processes_give_the_results_of_one(t):
    t.write(many(60, {"f30.test.js": "test('bad', () => { console.log('said'); expect(1).toBe(2); });"}))
    runs = [t.dx("-j", n) for n in ("1", "2", "4")]
    for r in runs:
        t.equal(r.counts(), {"failed": 1, "passed": 59, "total": 60})
    strip = [[l for l in r.out.splitlines() if not l.startswith(("Time:", "Split:"))] for r in runs]
    t.equal(sorted(strip[1]), sorted(strip[2]))


def test_bail_stops_early(t):
    t.write(many(40, {"f00.test.js": "test('bad', () => { throw 1; });"}))
    r = t.dx("--bail", "--no-parallel")
    t.equal(r.code, 1)
    t.equal(r.counts(), {"failed": 1, "total": 1})
    t.contains(r.out, "1 of 40 total")


def test_failed_files_come_first_the_next_time(t):
    t.write(many(5, {"f04.test.js": "test('bad', () => { throw 1; });"}))
    t.dx("--no-parallel")
    t.equal(t.dx("--no-parallel").out.splitlines()[0], "FAIL f04.test.js")


HANG = "test('hang', () => { for (;;) {} });"


def test_hanging_file_is_stopped_and_reported(t):
    t.write(many(6, {"f00.test.js": HANG, "f03.test.js": HANG}))
    for args in (["--no-parallel"], ["-j", "3"]):
        r = t.dx("--file-timeout", "300", *args)
        t.equal(r.code, 1)
        t.equal(r.counts(), {"passed": 4, "total": 4})
        t.equal(r.out.count("did not end within"), 2)


def test_failing_setup_file_fails_every_file(t):
    t.write({"package.json": '{"jest": {"setupFilesAfterEnv": ["<rootDir>/s.js"]}}', "s.js": "throw new Error('setup broke');", "a.test.js": ONE})
    r = t.dx()
    t.equal(r.code, 1)
    t.contains(r.out, "setup broke")


def test_hooks_of_a_setup_file_apply(t):
    t.write({"package.json": '{"jest": {"setupFilesAfterEnv": ["./s.js"]}}', "s.js": "let n = 0; beforeEach(() => { globalThis.n = ++n; });",
             "a.test.js": "test('a', () => expect(n).toBe(1)); test('b', () => expect(n).toBe(2));", "b.test.js": "test('c', () => expect(n).toBe(1));"})
    t.passes(t.dx(), 3)


def test_code_from_text_at_run_time(t):
    t.write({"package.json": "{}", "a.test.js": "test('a', () => { const k = 20; expect(eval('k + 1')).toBe(21); expect(new Function('a', 'b', 'return a * b')(6, 7)).toBe(42);\n"
                                                "  expect(() => eval('let = = 1')).toThrow(SyntaxError); });"})
    t.passes(t.dx(), 1)


def test_import_of_a_name_that_is_not_exported_reads_undefined(t):
    t.write({"package.json": "{}", "m.js": "export const a = 1;", "a.test.js": "import { a, b } from './m';\ntest('x', () => { expect(a).toBe(1); expect(b).toBe(undefined); });"})
    t.passes(t.dx(), 1)


COMPUTED = """
const literal = require('./lib/m');
test('computed', async () => {
  const name = './lib/' + 'm', other = ['./lib', 'e.mjs'].join('/');
  expect(require(name)).toBe(literal);
  const ns = await import(other);
  expect(ns.default).toBe(3);
  expect(ns.counter.n++).toBe(0);
  expect(ns.m).toBe(literal);
  expect(() => require('./' + 'nowhere')).toThrow("Cannot find module './nowhere' from 'NAME'");
  await expect(import('./' + 'nowhere')).rejects.toThrow('Cannot find module');
});
"""


def test_modules_with_computed_names(t):
    t.write({"package.json": "{}", "lib/m.js": "exports.x = 1;", "lib/e.mjs": "export const counter = { n: 0 };\nexport default 3;\nimport m from './m.js'; export { m };",
             "a.test.js": COMPUTED.replace("NAME", "a.test.js"), "b.test.js": COMPUTED.replace("NAME", "b.test.js")})
    for _ in range(2):
        t.passes(t.dx("--no-parallel"), 2)


def test_files_that_wait_run_side_by_side_the_next_time(t):
    import time
    t.write({"package.json": "{}", **{f"w{i}.test.js": "test('waits', () => new Promise(r => setTimeout(r, 400)));" for i in range(6)}})
    t.passes(t.dx(), 6)
    start = time.monotonic()
    t.passes(t.dx(), 6)
    t.equal(time.monotonic() - start < 1.6, True)


def test_workers_end_with_their_parent(t):
    import signal
    import subprocess
    import time
    t.write(many(40, {f"f{i:02}.test.js": "test('waits', () => new Promise(r => setTimeout(r, 4000)));" for i in range(40)}))
    p = subprocess.Popen([os.path.join(t.build, "dx"), "test", "-j", "3"], cwd=t.dir, env=t.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    p.send_signal(signal.SIGKILL)
    p.wait()
    time.sleep(0.3)
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            t.equal((pid, os.readlink(f"/proc/{pid}/cwd") == t.dir), (pid, False))
        except OSError:
            pass


def test_a_file_that_fills_the_heap_fails_alone(t):
    t.write({
        "a.test.js": "test('a', () => {});",
        "b.test.js": "test('b', () => { const kept = []; for (;;) kept.push(new Array(1000).fill(0)); });",
        "c.test.js": "test('c', () => {});",
    })
    for workers in ("1", "3"):
        r = t.dx("test", "--maxWorkers", workers, env={"NODE_OPTIONS": "--no-warnings --max-old-space-size=64"})
        t.equal(r.code, 1)
        t.contains(r.out, "JavaScript heap out of memory: the file was stopped at the heap's limit")
        t.equal(r.counts(), {"passed": 2, "total": 2})
        t.contains(r.out, "Test Suites: 1 failed, 2 passed, 3 total")


def test_crashed_workers_are_replaced(t):
    import signal
    import subprocess
    import time
    t.write(many(40, {f"f{i:02}.test.js": "test('waits', () => new Promise(r => setTimeout(r, 100)));" for i in range(40)}))
    p = subprocess.Popen([os.path.join(t.build, "dx"), "test", "-j", "3"], cwd=t.dir, env=t.env, stdout=subprocess.PIPE, text=True)
    killed = 0
    for _ in range(100):
        time.sleep(0.15)
        with open(f"/proc/{p.pid}/task/{p.pid}/children") as f:
            children = f.read().split()
        if len(children) < 2:
            continue
        os.kill(int(children[0]), signal.SIGSEGV)
        killed += 1
        if killed == 2:
            break
    out = p.communicate(timeout=60)[0]
    t.equal(out.count("worker crashed (signal 11)"), 2)
    t.contains(out, "Tests:       38 passed, 38 total")


def test_module_mocks_by_alias_and_package_name(t):
    t.write({"package.json": '{"jest": {"moduleNameMapper": {"^@/(.*)$": "<rootDir>/src/$1"}}}', "node_modules/pkg/index.js": "exports.v = 'real pkg';",
             "src/s.ts": "export const v = 'real src';", "src/user.ts": "import { v } from '@/s'; import { v as w } from 'pkg'; export const seen = [v, w];",
             "a.test.ts": "import { seen } from './src/user';\njest.mock('@/s', () => ({ v: 'mock src' }));\njest.mock('pkg', () => ({ v: 'mock pkg' }));\n"
                          "test('mocked', () => { expect(seen).toEqual(['mock src', 'mock pkg']); });\n"
                          "test('actual', () => { expect(jest.requireActual('pkg').v).toBe('real pkg'); expect(jest.requireActual('@/s').v).toBe('real src'); });",
             "b.test.ts": "test('nobody imports it', () => { expect(jest.requireActual('./src/user').seen).toEqual(['real src', 'real pkg']); });"})
    t.passes(t.dx(), 3)


def test_configured_clearing_of_mocks(t):
    t.write({"package.json": '{"jest": {"clearMocks": true}}',
             "a.test.js": "const f = jest.fn(() => 7); test('a', () => { f(); expect(f).toHaveBeenCalledTimes(1); }); test('b', () => { expect(f).not.toHaveBeenCalled(); expect(f()).toBe(7); });"})
    for _ in range(2):
        t.passes(t.dx(), 2)
    t.write({"package.json": '{"jest": {"resetMocks": true}}', "a.test.js": "const f = jest.fn(() => 7); test('a', () => { expect(f()).toBe(undefined); });"})
    t.passes(t.dx(), 1)
