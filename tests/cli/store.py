# SPDX-License-Identifier: MIT
"""What is kept between runs."""
import glob
import os
import subprocess
import time

FILES = {"package.json": "{}", "a.test.js": "const { v } = require('./m');\ntest('a', () => expect(v).toBe(1));",
         "b.test.js": "const { v } = require('./m');\ntest('b', () => expect(v).toBe(1));", "m.js": "exports.v = 1;"}


def test_second_run_compiles_nothing(t):
    t.write(FILES)
    t.equal(t.dx().compiled(), (4, 0))  # three files and the settings
    r = t.dx()
    t.passes(r, 2)
    t.equal(r.compiled(), None)


def test_warm_run_opens_no_source_and_walks_nothing(t):
    t.write(FILES)
    for _ in range(2):  # the first made .dx: the directory changed while it was read
        t.dx()
        time.sleep(0.011)
    try:
        done = subprocess.run(["strace", "-f", "-e", "trace=openat,getdents64", os.path.join(t.build, "dx"), "test"], cwd=t.dir, env=t.env,
                              capture_output=True, text=True, timeout=60)
    except FileNotFoundError:
        return  # no strace here
    t.lacks(done.stderr, "getdents64")
    t.lacks(done.stderr, "m.js\"")
    t.lacks(done.stderr, "package.json\"")
    t.equal(done.stderr.count(".dxtl"), 1)


def test_changed_file_alone_is_compiled_again(t):
    t.write(FILES)
    t.dx()
    t.write({"m.js": "exports.v = 1; // changed"})
    r = t.dx()
    t.passes(r, 2)
    t.equal(r.compiled(), (1, 3))


def test_change_is_seen(t):
    t.write(FILES)
    t.dx()
    t.write({"m.js": "exports.v = 2;"})
    t.equal(t.dx().counts(), {"failed": 2, "total": 2})
    t.write({"m.js": "exports.v = 1;"})
    t.passes(t.dx(), 2)


def test_touched_file_is_not_compiled_again(t):
    t.write(FILES)
    t.dx()
    os.utime(t.path("m.js"), (1, 1))
    for _ in range(2):
        r = t.dx()
        t.passes(r, 2)
        t.equal(r.compiled(), None)
    t.equal(t.run("dxvm", ["verify", *glob.glob(t.path(".dx/layouts/*.dxtl"))]).code, 0)


def test_new_and_removed_test_files_are_seen(t):
    t.write(FILES)
    t.dx()
    t.write({"sub/c.test.js": "test('c', () => {});"})
    t.passes(t.dx(), 3)
    t.write({"sub/d.test.js": "test('d', () => {});"})
    t.passes(t.dx(), 4)
    os.unlink(t.path("a.test.js"))
    t.passes(t.dx(), 3)


def test_new_file_that_resolution_would_prefer_is_seen(t):
    t.write(FILES)
    t.dx()
    t.write({"m.ts": "export const v = 1;\nexport const fromTypeScript = true;", "a.test.js": FILES["a.test.js"]})
    r = t.dx()
    t.passes(r, 2)
    t.equal(r.compiled()[0], 1)


def test_package_installed_later_is_seen(t):
    t.write({"package.json": "{}", "a.test.js": "test('a', () => expect(require('p')).toBe(1));"})
    t.equal(t.dx().counts(), {"failed": 1, "total": 1})
    t.write({"node_modules/p/index.js": "module.exports = 1;"})
    t.passes(t.dx(), 1)


def test_configuration_change_is_seen(t):
    t.write(FILES | {"package.json": '{"jest": {"testMatch": ["**/a.test.js"]}}'})
    t.passes(t.dx(), 1)
    t.write({"package.json": '{"jest": {"testMatch": ["**/*.test.js"]}}'})
    t.passes(t.dx(), 2)


def damage(t, pattern, change):
    for name in glob.glob(t.path(pattern)):
        with open(name, "rb") as f:
            data = bytearray(f.read())
        data = change(data)
        with open(name, "wb") as f:
            f.write(data)


def flip(data):
    for tenth in range(2, 10):
        data[len(data) * tenth // 10] ^= 0x55
    return data


def test_damaged_pool_entries_are_rebuilt_with_one_line(t):
    t.write(FILES)
    t.dx()
    damage(t, ".dx/pool/*", flip)
    t.write({"m.js": "exports.v = 1; "})
    r = t.dx()
    t.passes(r, 2)
    t.contains(r.err, "in the store rebuilt")
    t.equal(r.err.count("\n"), 1)
    t.write({"m.js": "exports.v = 1;  "})
    r = t.dx()
    t.equal((r.err, r.compiled()), ("", (1, 3)))


def test_many_packs_are_joined(t):
    t.write(FILES)
    for i in range(40):
        t.write({"m.js": f"exports.v = 1; // {i}"})
        t.equal(t.dx().compiled(), (1, 3) if i else (4, 0))
    t.equal(len(glob.glob(t.path(".dx/pool/*"))) <= 14, True)
    t.write({"m.js": "exports.v = 1; // 0"})
    t.equal(t.dx().compiled(), (0, 4))


def test_truncated_pool_entries_are_rebuilt(t):
    t.write(FILES)
    t.dx()
    damage(t, ".dx/pool/*", lambda d: d[:len(d) // 3])
    t.write({"m.js": "exports.v = 1; "})
    t.passes(t.dx(), 2)


def test_damaged_layouts_are_rebuilt(t):
    t.write(FILES)
    for change in (lambda d: d[:100], lambda d: b"", lambda d: d[:-8], lambda d: b"garbage " * 100, flip):
        t.dx()
        damage(t, ".dx/layouts/*.dxtl", change)
        r = t.dx()
        t.passes(r, 2)
        t.contains(r.err, "damaged")


def test_several_runs_at_once(t):
    t.write(FILES | {f"x{i}.test.js": f"test('x{i}', () => {{}});" for i in range(30)})
    command = [os.path.join(t.build, "dx"), "test"]
    for _ in range(3):
        running = [subprocess.Popen(command, cwd=t.dir, env=t.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(6)]
        for p in running:
            out, err = p.communicate(timeout=60)
            t.equal((p.returncode, err), (0, ""))
            t.contains(out, "32 passed, 32 total")
        t.write({"m.js": f"exports.v = 1; // {time.time()}"})
    t.equal(glob.glob(t.path(".dx/*/*.tmp")), [])


def test_killed_runs_leave_a_usable_store(t):
    t.write(FILES | {f"x{i}.test.js": f"test('x{i}', () => {{}});" for i in range(60)})
    for i in range(12):
        p = subprocess.Popen([os.path.join(t.build, "dx"), "test"], cwd=t.dir, env=t.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.002 * i)
        p.kill()
        p.wait()
    t.passes(t.dx(), 62)


def test_store_in_the_users_cache_directory(t):
    t.write(FILES)
    env = {"XDG_CACHE_HOME": t.path(".cache")}
    t.passes(t.dx(env=env), 2)
    t.equal(os.path.exists(t.path(".dx")), False)
    t.equal(t.dx(env=env).compiled(), None)


def test_unwritable_store_is_no_failure(t):
    t.write(FILES)
    r = t.dx(env={"XDG_CACHE_HOME": "/proc/nowhere"})
    t.passes(r, 2)


def test_no_cache_leaves_nothing(t):
    t.write(FILES)
    t.passes(t.dx("--no-cache"), 2)
    t.equal(os.path.exists(t.path(".dx")), False)


def test_store_keeps_itself_out_of_git(t):
    t.write(FILES)
    t.dx()
    with open(t.path(".dx/.gitignore")) as f:
        t.equal(f.read(), "*\n")


def test_environment_that_the_configuration_asks_for_decides(t):
    t.write(FILES | {"jest.config.js": "module.exports = { testMatch: [process.env.WHICH === 'a' ? '**/a.test.js' : '**/*.test.js'] };"})
    t.passes(t.dx(), 2)
    t.passes(t.dx(env={"WHICH": "a"}), 1)
    r = t.dx(env={"WHICH": "a"})
    t.passes(r, 1)
    t.equal((r.compiled(), r.err), (None, ""))
    t.passes(t.dx(), 2)


def test_odd_names_of_directories_and_files(t):
    t.write({"päth with 'quotes' \\n/package.json": "{}", "päth with 'quotes' \\n/a [1] $x.test.js": "import { v } from './ünïcode (2)';\ntest('a', () => expect(v).toBe(1));",
             "päth with 'quotes' \\n/ünïcode (2).ts": "export const v = 1;"})
    for _ in range(2):
        t.passes(t.dx(cwd="päth with 'quotes' \\n"), 1)
    t.equal(t.dx("[1] $x", cwd="päth with 'quotes' \\n").code, 0)
