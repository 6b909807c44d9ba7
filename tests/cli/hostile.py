# SPDX-License-Identifier: MIT
"""Bad input and bad surroundings: one clear error, the documented exit status, nothing lost."""
import glob
import os
import random
import shutil
import signal
import subprocess

ONE = "test('a', () => { expect(1).toBe(1); });\n"
GARBAGE = random.Random(1).randbytes(3000)
PROJECT = {"package.json": "{}", "a.test.js": ONE}


def says(t, r, code, *parts):
    """The exit status, one line on standard error for each part (and the pointer to --help), no crash."""
    t.equal(r.code, code)
    for part in parts:
        t.contains(r.err, part)
    lines = [l for l in r.err.splitlines() if "try '" not in l]
    t.equal(len(lines), len(parts))


# ---- arguments

def test_numbers_are_numbers(t):
    t.write(PROJECT)
    for option in ("--timeout", "--retry", "--file-timeout", "-j", "--bail=", "--maxConcurrency"):
        for value in ("x", "-5", "4x", "1e3", " 7"):
            r = t.dx(option + value) if option.endswith("=") else t.dx(option, value)
            says(t, r, 2, "not a number: " + value)
    says(t, t.dx("--timeout", "99999999999"), 2, "too large a number: 99999999999")
    says(t, t.dx("--timeout", "50%"), 2, "not a number: 50%")
    for args in (["-j", "0"], ["-j", "100000"], ["--maxWorkers=50%"], ["-j4"], ["--retry", "1000000000"], ["--file-timeout", "0"], ["--bail=0"]):
        t.passes(t.dx(*args), 1)


def test_flags_are_true_or_false(t):
    t.write(PROJECT)
    says(t, t.dx("--ci=banana"), 2, "neither true nor false: banana")
    t.passes(t.dx("--ci=false"), 1)


def test_values_must_follow(t):
    t.write(PROJECT)
    for option in ("-t", "-c", "--root", "--conditions", "--reporter"):
        says(t, t.dx(option), 2, "a value must follow " + option)
    for option in ("--timeout", "-j", "--retry"):
        says(t, t.dx(option), 2, "a number must follow " + option)
    says(t, t.dx("--root", ""), 2, "a value must follow --root")
    says(t, t.dx("--reporter", "dots"), 2, "reporter dots is not supported yet")


def test_the_pattern_of_names_is_checked_before_anything_runs(t):
    t.write(PROJECT)
    says(t, t.dx("-t", "("), 2, "invalid regular expression /(/")


def test_root_must_be_a_directory(t):
    t.write(PROJECT)
    says(t, t.dx("--root", "a.test.js"), 2, "a.test.js: Not a directory")
    says(t, t.dx("--root", "none"), 2, "none: No such file or directory")


def test_config_must_be_a_configuration(t):
    t.write(PROJECT)
    says(t, t.dx("-c", "none.config.js"), 2, "none.config.js: --config must be a file that exists")
    says(t, t.dx("-c", "."), 2, "--config must be a file that exists")
    says(t, t.dx("-c", "a.test.js"), 2, "a.test.js: --config must be a configuration")


def test_options_that_contradict_each_other_follow_the_last_or_the_stricter(t):
    t.write(PROJECT)
    t.passes(t.dx("--color", "--no-color"), 1)
    t.passes(t.dx("-j", "4", "--no-parallel"), 1)
    t.passes(t.dx("--silent", "--verbose"), 1)
    t.equal(t.dx("--list", "--bail").out.count("a.test.js"), 1)


def test_every_option_of_dxtc_is_checked(t):
    t.write({"a.js": "1;", "b.js": "2;"})
    wrong = [([], "no input files"), (["a.js"], "no output"), (["-o"], "-o needs a file name"), (["a.js", "-o", "x.txt"], "must end in"), (["a.js", "b.js", "-o", "x.dxt"], "holds one file"),
             (["", "-o", "x.dxt"], "an empty file name"), (["-j", "4x", "a.js", "-o", "x.dxt"], "-j needs"), (["-j0", "a.js", "-o", "x.dxt"], "-j needs"),
             (["-j", "65", "a.js", "-o", "x.dxt"], "-j needs"), (["-MF"], "-MF needs"), (["--conditions"], "--conditions needs"), (["--conditionsfoo", "a.js", "-o", "x.dxt"], "unknown option"),
             (["--nonsense", "a.js", "-o", "x.dxt"], "unknown option"), (["none.js", "-o", "x.dxt"], "none.js: No such file"), (["none.js", "-o", "x.dxtl"], "none.js: No such file"),
             (["/dev/null", "-o", "x.dxtl"], "neither a file nor a directory"), (["a.js", "-o", "none/x.dxt"], "none/x.dxt: No such file"),
             (["a.js", "-o", "x.dxt", "-MF", "none/d"], "none/d: No such file")]
    for args, part in wrong:
        says(t, t.dxtc(*args), 2, part)
    t.equal(t.dxtc("a.js", "--help").code, 0)
    t.write({"y.dxt/keep": ""})
    says(t, t.dxtc("a.js", "-o", "y.dxt"), 2, "y.dxt: Is a directory")


def test_dxtc_is_told_what_the_source_is(t):
    t.write({"a.js": "var a = this === undefined; console.log(a, typeof module);", "p/package.json": '{"exports": {"require": "./r.js", "import": "./i.mjs"}}', "p/r.js": "exports.v = 'require';",
             "p/i.mjs": "export const v = 'import';", "node_modules/keep": "", "b.mjs": "import { v } from 'p'; console.log(v);"})
    os.symlink("../p", t.path("node_modules/p"))
    for option, said in (("--module", "true undefined"), ("--commonjs", "false object"), ("--script", "false undefined")):
        for level in ("-O0", "-O1"):
            t.equal(t.dxtc(option, level, "a.js", "-o", "a.dxt").code, 0)
            t.equal(t.run("dxvm", ["run", "a.dxt"]).out, said + "\n")
    for options, said in (([], "import"), (["--prefer-require"], "require")):
        t.equal(t.dxtc(*options, "b.mjs", "-o", "b.dxtl").code, 0)
        t.equal(t.run("dxvm", ["run", "b.dxtl"]).out, said + "\n")


def test_every_command_of_dxvm_is_checked(t):
    t.write({"a.js": "console.log(process.argv.slice(2).join());"})
    t.equal(t.dxtc("a.js", "-o", "a.dxt").code, 0)
    t.equal(t.dxtc("a.js", "-o", "a.dxtl").code, 0)
    for command in ("run", "dump", "verify", "info", "asm"):
        t.equal(t.run("dxvm", [command, "--help"]).code, 0)
        says(t, t.run("dxvm", [command]), 2, "usage: dxvm " + command)
        says(t, t.run("dxvm", [command, "--nonsense", "a.dxt"]), 2, "usage: dxvm " + command)
    for steps in ("0", "x", "-1", ""):
        says(t, t.run("dxvm", ["run", "--steps", steps, "a.dxt"]), 2, "usage: dxvm run")
    t.equal(t.run("dxvm", ["run", "a.dxt", "one", "--two"]).out, "one,--two\n")
    os.rename(t.path("a.dxtl"), t.path("layout.bin"))  # what a file is, its bytes say
    t.equal(t.run("dxvm", ["run", "layout.bin", "x"]).out, "x\n")


# ---- files that are not what they should be

def test_artifacts_that_are_none(t):
    t.write({"empty": b"", "garbage": GARBAGE, "source.js": "1", "folder/x": ""})
    for command in ("run", "dump", "verify", "info"):
        says(t, t.run("dxvm", [command, "empty"]), 4, "empty: error: rule 1")
        says(t, t.run("dxvm", [command, "garbage"]), 4, "garbage: error: rule 2")
        says(t, t.run("dxvm", [command, "none"]), 2, "none: error: No such file or directory")
        says(t, t.run("dxvm", [command, "folder"]), 2, "folder: error: Is a directory")
    says(t, t.run("dxvm", ["asm", "-o", "x.dxt", "source.js"]), 4, "source.js:1: error: unknown row")


def test_a_device_that_never_ends_is_refused(t):
    says(t, t.run("dxvm", ["info", "/dev/zero"]), 2, "/dev/zero: error: File too large")
    says(t, t.dxtc("/dev/zero", "-o", "x.dxt"), 2, "/dev/zero: neither a file nor a directory")


def test_garbage_as_source_is_a_compile_error(t):
    t.write({"g.ts": GARBAGE, "zero.js": b"let a;\0\0", "wide.js": "let a;".encode("utf-16")})
    for name in ("g.ts", "zero.js", "wide.js"):
        r = t.dxtc(name, "-o", "x.dxt")
        t.equal(r.code, 3)
        t.contains(r.err, name + ":1:")
        t.equal(os.path.exists(t.path("x.dxt")), False)


def test_a_broken_test_file_shows_its_own_text_and_place(t):
    t.write(PROJECT | {"b.test.ts": "const a = 1;\nconst b: = 2;\n" + ONE, "g.test.js": GARBAGE, "e.test.js": ""})
    r = t.dx()
    t.equal(r.code, 1)
    t.contains(r.out, "b.test.ts:2:10: error:")
    t.contains(r.out, "> 2 | const b: = 2;")
    t.lacks(r.out, "throw new")
    t.contains(r.out, "Your test suite must contain at least one test.")
    t.equal(r.counts(), {"passed": 1, "total": 1})


def test_broken_configuration_ends_the_run_with_its_place(t):
    t.write(PROJECT)
    cases = [("package.json", '{"name": "x",\n  oops}', "package.json:2:3: error: not JSON"), ("package.json", b"", "package.json:1:1: error: not JSON"),
             ("package.json", GARBAGE, "package.json:1:1: error: not JSON"), ("package.json", '{"jest": 5}', "package.json: jest must be an object"),
             ("package.json", '{"jest": {"testTimeout": "5s"}}', "package.json: testTimeout must be a number"),
             ("package.json", '{"jest": {"roots": "src"}}', "package.json: roots must be an array"),
             ("package.json", '{"jest": {"testRegex": "("}}', "testRegex: invalid regular expression"),
             ("package.json", '{"jest": {"setupFiles": ["./none.js"]}}', "./none.js must be a setup file that exists"),
             ("tsconfig.json", '{"compilerOptions": {"paths": }}', "tsconfig.json:1:31: error: not JSON"),
             ("jest.config.js", "module.exports = {\n  a: (\n};", "jest.config.js:3:1: error:"), ("vitest.config.ts", GARBAGE, "vitest.config.ts:1:")]
    for name, text, part in cases:
        t.write({name: text})
        r = t.dx()
        t.equal((name, text, r.code), (name, text, 2))
        t.contains(r.err, part)
        t.equal(r.out, "")
        t.write({"package.json": "{}"})
        if name != "package.json":
            os.unlink(t.path(name))
    t.passes(t.dx(), 1)
    t.write({"tsconfig.json": "// nothing yet\n"})
    t.passes(t.dx(), 1)


def test_a_tsconfig_whose_base_is_not_there_is_used_without_it(t):
    for base in ("./none.json", "@none/base"):
        t.write(PROJECT | {"tsconfig.json": f'{{"extends": "{base}"}}'})
        t.passes(t.dx(), 1)
        r = t.dx("test", "--verbose", "--no-cache")
        t.contains(r.err, f'tsconfig.json: warning: "extends": "{base}": there is no such file')


def test_tsconfigs_that_extend_one_another_in_a_circle_end_the_run(t):
    cases = [({"tsconfig.json": '{"extends": "./tsconfig.json"}'}, 'tsconfig.json: error: "extends": "./tsconfig.json": it extends this file itself'),
             ({"tsconfig.json": '{"extends": "./b.json"}', "b.json": '{"extends": ["./tsconfig"]}'}, 'b.json: error: "extends": "./tsconfig": it extends this file itself'),
             ({"tsconfig.json": '{"extends": "./0.json"}'} | {f"{i}.json": f'{{"extends": "./{i + 1}.json"}}' for i in range(40)}, "too many files extend one another")]
    for files, part in cases:
        t.write(PROJECT | files)
        r = t.dx()
        t.equal((part, r.code, r.err.count(part)), (part, 2, 1))


def test_what_the_configuration_asks_for_in_vain_is_said(t):
    t.write(PROJECT | {"package.json": '{"jest": {"testEnvironment": "jsdom"}}'})
    r = t.dx()
    t.passes(r, 1)
    t.equal(r.err, "dx: notice: package.json: testEnvironment is not supported and ignored\n")


def test_broken_snapshots_are_left_as_they_are(t):
    snap = "__snapshots__/a.test.js.snap"
    test = "test('s', () => { expect(1).toMatchSnapshot(); });\n"
    t.write({"package.json": "{}", "a.test.js": test})
    t.equal(t.dx().code, 0)
    good = open(t.path(snap), "rb").read()
    for bad in (GARBAGE, good + b"<<<<<<< HEAD\n", good[:-4], b"exports = 1;\n"):
        t.write({snap: bad})
        r = t.dx()
        t.equal(r.code, 1)
        t.contains(r.out, "the snapshot file is left as it is")
        t.equal(open(t.path(snap), "rb").read(), bad)
    t.equal(t.dx("-u").code, 0)
    t.equal(open(t.path(snap), "rb").read(), good)
    t.write({snap: b""})
    t.equal(t.dx().code, 0)
    t.equal(open(t.path(snap), "rb").read(), good)
    os.unlink(t.path(snap))
    os.mkdir(t.path(snap))
    r = t.dx()
    t.equal(r.code, 1)
    t.contains(r.out, "Is a directory; the snapshot file is left as it is")


# ---- names

def test_odd_names_of_test_files(t):
    names = ["sp ace", "new\nline", "ünï", "quo'te", 'quo"te', "back\\slash", "$dollar", "`tick`", "-dash", "#hash", "?q", "%41", "[br]", "*", "\x01"]
    t.write({"package.json": "{}", **{n + ".test.js": ONE for n in names}})
    for _ in range(2):
        t.passes(t.dx(), len(names))
    t.equal(t.dxtc(".", "-o", "all.dxtl", "-MMD").code, 0)
    t.equal(t.run("dxvm", ["verify", "all.dxtl"]).code, 0)


def test_a_name_that_is_not_utf8_is_an_error_that_names_it(t):
    t.write(PROJECT)
    with open(os.path.join(t.dir.encode(), b"b\xff.test.js"), "w") as f:
        f.write(ONE)
    says(t, t.dx(), 2, "the file's name is not UTF-8")
    says(t, t.dxtc(".", "-o", "x.dxtl"), 2, "the file's name is not UTF-8")
    t.passes(t.dx("a.test"), 1)


def test_a_project_whose_path_cannot_be_named_is_refused(t):
    for name in (b"new\nline", b"\xff"):
        directory = os.path.join(t.dir.encode(), name)
        os.mkdir(directory)
        with open(os.path.join(directory, b"a.test.js"), "w") as f:
            f.write(ONE)
        done = subprocess.run([os.path.join(t.build, "dx"), "test"], cwd=directory, env=t.env, capture_output=True, timeout=60)
        t.equal(done.returncode, 2)
        t.contains(done.stderr.decode(errors="replace"), "a project's path must be UTF-8 without line breaks")


def test_links_in_circles_are_walked_once(t):
    t.write(PROJECT | {"s/b.test.js": ONE, "z.test.js": "import './self.js';\n" + ONE})
    os.symlink(".", t.path("loop"))
    os.symlink("self.js", t.path("self.js"))
    os.symlink("../s", t.path("s/s"))
    os.symlink("gone.test.js", t.path("dangling.test.js"))
    r = t.dx()
    t.equal((r.code, r.counts()), (1, {"passed": 2, "total": 2}))
    t.contains(r.out, "Cannot find module './self.js' from 'z.test.js'")


def test_byte_order_marks_and_carriage_returns(t):
    bom = b"\xef\xbb\xbf"
    t.write({"package.json": bom + b"{}\r\n", "tsconfig.json": bom + b'{"compilerOptions": {"baseUrl": "."}}\r\n', "m.ts": bom + b"export const x = 1;\r\n",
             "a.test.ts": bom + b"#!/usr/bin/env x\r\nimport { x } from './m';\r\ntest('a', () => {\r\n  expect(`l\r\nm`).toBe('l\\nm');\r\n  expect(x).toBe(2);\r\n});\r\n"})
    r = t.dx()
    t.equal(r.counts(), {"failed": 1, "total": 1})
    t.contains(r.out, "at a.test.ts:6:13")
    t.contains(r.out, "> 6 |   expect(x).toBe(2);\n")


# ---- the file system

def unprivileged(t):
    """Prefix that gives up root's rights, or None where that cannot be done."""
    if os.getuid():
        return []
    prefix = ["setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all"]
    if not shutil.which("setpriv") or subprocess.run([*prefix, os.path.join(t.build, "dx"), "--version"], capture_output=True).returncode:
        return None
    os.chmod(t.dir, 0o777)
    return prefix


def run_as(t, prefix, program, *args):
    done = subprocess.run([*prefix, os.path.join(t.build, program), *args], cwd=t.dir, env=t.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    from run import Result
    return Result(done)


def test_a_directory_that_cannot_be_written_is_no_failure(t):
    prefix = unprivileged(t)
    if prefix is None:
        return
    t.write(PROJECT)
    os.chmod(t.dir, 0o555)
    t.passes(run_as(t, prefix, "dx", "test"), 1)
    os.chmod(t.dir, 0o777)
    t.passes(t.dx(), 1)
    for folder, _, _ in os.walk(t.path(".dx")):
        os.chmod(folder, 0o555)
    t.passes(run_as(t, prefix, "dx", "test"), 1)
    t.write({"a.test.js": ONE + "// changed"})
    t.passes(run_as(t, prefix, "dx", "test"), 1)
    for folder, _, _ in os.walk(t.path(".dx")):
        os.chmod(folder, 0o755)


def test_files_and_directories_that_cannot_be_read_are_named(t):
    prefix = unprivileged(t)
    if prefix is None:
        return
    t.write(PROJECT | {"b.test.js": ONE, "closed/c.test.js": ONE})
    os.chmod(t.path("b.test.js"), 0)
    os.chmod(t.path("closed"), 0)
    r = run_as(t, prefix, "dx", "test", "--no-cache")
    os.chmod(t.path("closed"), 0o755)
    t.equal(r.code, 1)
    t.contains(r.out, "b.test.js: error: Permission denied")
    t.contains(r.err, "closed: Permission denied; tests in it are not run")
    t.equal(r.counts(), {"passed": 1, "total": 1})


def test_a_store_that_is_a_file_is_no_failure(t):
    t.write(PROJECT | {".dx": "mine"})
    for _ in range(2):
        t.passes(t.dx(), 1)
    t.equal(open(t.path(".dx")).read(), "mine")


def test_a_full_disk_keeps_what_was_there(t):
    old = "// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n\nexports[`t 1`] = `1`;\n"
    test = "test('s', () => expect('x'.repeat(20000)).toMatchSnapshot());\ntest('t', () => expect(1).toMatchSnapshot());\n"
    t.write({"package.json": "{}", "a.test.js": test, "__snapshots__/keep": "", ".dx/keep": ""})
    mounted = []
    try:
        for place, size in (("__snapshots__", "8k"), (".dx", "12k")):
            if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", t.path(place)], capture_output=True).returncode:
                return  # not allowed here
            mounted.append(place)
        t.write({"__snapshots__/a.test.js.snap": old})
        r = t.dx()
        t.equal(r.code, 1)
        t.contains(r.out, "No space left on device")
        t.equal(open(t.path("__snapshots__/a.test.js.snap")).read(), old)
        t.equal(os.listdir(t.path("__snapshots__")), ["a.test.js.snap"])
        t.equal(glob.glob(t.path(".dx/*/*.tmp")), [])
        t.write({"big.js": "f(" + ",".join(f"'string number {i}'" for i in range(2000)) + ");"})
        says(t, t.dxtc("big.js", "-o", "__snapshots__/x.dxt"), 2, "__snapshots__/x.dxt: No space left on device")
        t.equal(os.listdir(t.path("__snapshots__")), ["a.test.js.snap"])
    finally:
        for place in mounted:
            subprocess.run(["umount", t.path(place)])


def test_output_that_does_not_arrive_is_no_success(t):
    t.write(PROJECT | {"a.js": "console.log(1);"})
    t.dxtc("a.js", "-o", "a.dxt")
    for program, *args in (("dx", "test"), ("dx", "test", "--list"), ("dx", "test", "--help"), ("dxtc", "--help"), ("dxvm", "run", "a.dxt"), ("dxvm", "info", "a.dxt"),
                           ("dxvm", "verify", "a.dxt"), ("dxvm", "dump", "a.dxt")):
        with open("/dev/full", "w") as full:
            done = subprocess.run([os.path.join(t.build, program), *args], cwd=t.dir, env=t.env, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
        t.equal((program, args, done.returncode), (program, args, 2))
        t.contains(done.stderr, "standard output: No space left on device")


# ---- time

def put_in_place(t, name, text, times):
    with open(t.path(name), "r+") as f:
        f.write(text)
    os.utime(t.path(name), ns=times)


def test_other_text_of_the_same_size_and_time_is_seen(t):
    t.write(PROJECT)
    st = os.stat(t.path("a.test.js"))
    for n in (1, 2, 1, 3):
        put_in_place(t, "a.test.js", ONE.replace("toBe(1)", f"toBe({n})"), (st.st_atime_ns, st.st_mtime_ns))
        t.equal(t.dx().code, 0 if n == 1 else 1)


def test_times_of_the_future_and_the_distant_past(t):
    t.write(PROJECT)
    for year in (2**33, 0, -(2**30)):
        os.utime(t.path("a.test.js"), (year, year))
        for _ in range(2):
            t.passes(t.dx(), 1)
        put_in_place(t, "a.test.js", ONE.replace("toBe(1)", "toBe(2)"), (year * 10**9, year * 10**9))
        t.equal(t.dx().code, 1)
        t.write({"a.test.js": ONE})


def test_a_file_that_changes_while_it_is_compiled_is_compiled_again(t):
    random_delay = random.Random(3)
    for i in range(30):
        first, second = i % 10, (i * 7 + 3) % 10
        t.write({"package.json": "{}"} if not i else {})
        with open(t.path("a.test.js"), "w") as f:
            f.write(ONE.replace("toBe(1)", f"toBe({first})"))
        p = subprocess.Popen([os.path.join(t.build, "dx"), "test"], cwd=t.dir, env=t.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            p.wait(random_delay.random() * 0.006)
        except subprocess.TimeoutExpired:
            pass
        with open(t.path("a.test.js"), "r+") as f:
            f.write(ONE.replace("toBe(1)", f"toBe({second})"))
        p.wait()
        t.equal(t.dx().code, 0 if second == 1 else 1)


# ---- the store

def test_any_flipped_bit_of_the_store_is_found(t):
    t.write(PROJECT)
    t.dx()
    kept = {name: open(name, "rb").read() for name in glob.glob(t.path(".dx/*/*"))}
    pick = random.Random(2)
    for i in range(120):
        for name, data in kept.items():
            data = bytearray(data)
            data[pick.randrange(len(data))] ^= 1 << pick.randrange(8)
            with open(name, "wb") as f:
                f.write(data)
        r = t.dx()
        t.passes(r, 1)
        t.equal(r.err in ("", "dx: 1 damaged entry in the store rebuilt\n", "dx: 2 damaged entries in the store rebuilt\n"), True)


def test_layouts_that_nobody_asks_for_go(t):
    t.write(PROJECT)
    for i in range(70):
        t.dx(f"--conditions=c{i}", "--list")
    t.equal(len(glob.glob(t.path(".dx/layouts/*"))) <= 64, True)
    with open(t.path(".dx/layouts/x.1.2.tmp"), "w") as f:
        f.write("half")
    os.utime(t.path(".dx/layouts/x.1.2.tmp"), (1, 1))
    t.dx("--conditions=last")
    t.equal(glob.glob(t.path(".dx/*/*.tmp")), [])


def test_a_closed_pipe_ends_the_program_by_its_signal(t):
    t.write({"a.js": "for (let i = 0; i < 1e5; i++) console.log(i);"})
    t.dxtc("a.js", "-o", "a.dxt")
    p = subprocess.Popen([os.path.join(t.build, "dxvm"), "run", "a.dxt"], cwd=t.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE, restore_signals=True)
    p.stdout.readline()
    p.stdout.close()
    t.equal(p.wait(60), -signal.SIGPIPE)
