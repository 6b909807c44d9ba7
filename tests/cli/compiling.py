# SPDX-License-Identifier: MIT
"""dxtc -c: files compiled each for itself."""
import os


def test_c_leaves_imports_alone(t):
    t.write({"a.ts": "import { b } from './b.js'; import 'nowhere'; console.log(b);"})
    r = t.dxtc("-c", "a.ts", "-o", "a.dxt")
    t.equal((r.code, r.text), (0, ""))
    t.equal(os.path.exists(t.path("a.dxt")), True)


def test_c_repeats_the_tree_below_the_output_directory(t):
    t.write({"src/a.ts": "let x: number = 1;", "src/deep/b.tsx": "export const e = <p/>;", "src/deep/b.js": "", "src/types.d.ts": "declare let y: 1;",
             "src/node_modules/p/index.js": "broken("})
    t.equal(t.dxtc("-c", "-j", "2", "src", "-o", "out").code, 0)
    found = sorted(os.path.relpath(os.path.join(d, f), t.path("out")) for d, _, names in os.walk(t.path("out")) for f in names)
    t.equal(found, ["src/a.ts.dxt", "src/deep/b.js.dxt", "src/deep/b.tsx.dxt"])


def test_c_runs_what_it_made(t):
    t.write({"a.ts": "enum E { A = 40 }\nconsole.log(E.A + 2);"})
    t.equal(t.dxtc("-c", "a.ts", "-o", "out/").code, 0)
    r = t.run("dxvm", ["run", "out/a.ts.dxt"])
    t.equal((r.code, r.out), (0, "42\n"))


def test_c_writes_the_good_files_and_names_the_bad(t):
    t.write({"a.ts": "let x = ;", "b.ts": "let x = 1;", "c.js": "x: number;", "d.js": "let let = 1"})
    r = t.dxtc("-c", "-j2", "d.js", "c.js", "b.ts", "a.ts", "-o", "out")
    t.equal(r.code, 3)
    t.equal([l for l in r.err.splitlines() if "error" in l],
            ["d.js:1:5: error: let is disallowed as a lexically bound name", "a.ts:1:9: error: Unexpected token ';'", "dxtc: 2 files with errors"])
    t.equal([os.path.exists(t.path(f"out/{f}.dxt")) for f in ("a.ts", "b.ts", "c.js", "d.js")], [False, True, True, False])


def test_c_gives_the_same_bytes_on_any_number_of_threads(t):
    t.write({f"s/m{i}.ts": f"export const f{i} = (x: number) => x * {i};" for i in range(60)})
    for n in "1", "2", "4":
        t.equal(t.dxtc("-c", "-j", n, "s", "-o", "out" + n).code, 0)
    for i in range(60):
        one, two, four = (open(t.path(f"out{n}/s/m{i}.ts.dxt"), "rb").read() for n in "124")
        t.equal(one == two == four, True)


def test_c_takes_options_from_tsconfig_and_names_it_as_a_dependency(t):
    t.write({"tsconfig.json": '{"extends": "./base.json"}', "base.json": '{"compilerOptions": {"experimentalDecorators": true}}',
             "a.ts": "const d: any = () => {}; class A { m(@d x: number) {} } console.log(A.name);", "sub/tsconfig.json": "{}",
             "sub/a.ts": "const d: any = () => {}; class A { m(@d x: number) {} }"})
    t.equal(t.dxtc("-c", "-MMD", "a.ts", "-o", "a.dxt").code, 0)
    with open(t.path("a.d"), encoding="utf-8") as f:
        rule = f.read()
    for part in "a.dxt:", " a.ts", "tsconfig.json", "base.json":
        t.contains(rule, part)
    t.lacks(rule, "sub")
    t.contains(t.dxtc("-c", "sub/a.ts", "-o", "a.dxt").err, "experimentalDecorators")


def test_c_writes_a_rule_a_module_and_make_compiles_only_what_changed(t):
    t.write({"Makefile": "out/%.ts.dxt: %.ts\n\t@echo made $<; $(DXTC) -c -MMD $< -o out\nall: out/a.ts.dxt out/b.ts.dxt\n-include out/a.ts.d out/b.ts.d\n",
             "a.ts": "1", "b.ts": "2", "tsconfig.json": "{}"})
    made = lambda: t.shell("make -s all DXTC=$BUILD/dxtc").out.split()
    t.equal(made(), ["made", "a.ts", "made", "b.ts"])
    t.equal(made(), [])
    t.write({"b.ts": "3"})
    os.utime(t.path("b.ts"), (2e9, 2e9))
    t.equal(made(), ["made", "b.ts"])


def test_c_says_what_it_cannot_do(t):
    t.write({"a.ts": "1", "b.ts": "2", "in/c.ts": "3"})
    for args, part in [(["a.ts", "b.ts", "-o", "x.dxt"], "takes one FILE"), (["a.ts", "-o", "x.dxtl"], "linked"), (["a.ts"], "no output"),
                       (["a.ts", "b.ts", "-MF", "x.d", "-o", "out"], "-MF"), (["none.ts", "-o", "out"], "No such file")]:
        r = t.dxtc("-c", *args)
        t.equal(r.code, 2)
        t.contains(r.err, part)
    r = t.dxtc("-c", "../a.ts", "-o", "out", cwd="in")
    t.equal(r.code, 2)
    t.contains(r.err, "outside the current directory")


def test_stats_split_the_time(t):
    t.write({"a.ts": "let x = 1;"})
    r = t.dxtc("-c", "--stats", "a.ts", "-o", "a.dxt")
    for part in "1 module, 10 bytes", "read", "parse", "scopes", "emit", "assemble", "module", "verify", "write", "peak":
        t.contains(r.err, part)


def test_what_commonjs_cannot_be_is_refused(t):
    t.write({"both.ts": "export const a = 1;\nexport = a;", "wait.cts": "export const a = await 1;", "types.ts": "export interface I {}\nexport = 1;"})
    r = t.dxtc("both.ts", "-o", "both.dxt")
    t.equal((r.code, "both.ts:2:1: error: An export assignment cannot be used in a module with other exported elements." in r.err), (3, True))
    r = t.dxtc("wait.cts", "-o", "wait.dxt")
    t.equal((r.code, "error: await is only valid in async functions and the top level bodies of modules" in r.err), (3, True))
    t.equal(t.dxtc("types.ts", "-o", "types.dxt").code, 0)
