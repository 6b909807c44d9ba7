# SPDX-License-Identifier: MIT
"""Which file a specifier names."""

PASS = "test('x', () => { expect(value).toBe('right'); });\n"


def one(t, files, importing, extension="ts", n=1):
    t.write({"package.json": '{"devDependencies": {"jest": "1"}}', **files, f"a.test.{extension}": importing + "\n" + PASS})
    t.passes(t.dx(), n)


def package(name, json, **files):
    return {f"node_modules/{name}/package.json": json, **{f"node_modules/{name}/{k.replace('__', '/')}": v for k, v in files.items()}}


def test_extensions_are_tried_in_order(t):
    one(t, {"m.ts": "export const value = 'right';", "m.js": "export const value = 'wrong';"}, "import { value } from './m';")


def test_an_exact_name_wins(t):
    one(t, {"m.js": "export const value = 'right';", "m.ts": "export const value = 'wrong';"}, "import { value } from './m.js';")


def test_js_names_the_typescript_source(t):
    one(t, {"m.ts": "export const value: string = 'right';"}, "import { value } from './m.js';")


def test_mjs_names_the_mts_source(t):
    one(t, {"m.mts": "export const value: string = 'right';"}, "import { value } from './m.mjs';")


def test_directory_index(t):
    one(t, {"lib/index.tsx": "export const value = 'right';"}, "import { value } from './lib';")


def test_a_file_goes_before_a_directory_of_its_name(t):
    one(t, {"lib/index.ts": "export const value = 'wrong';", "lib.ts": "export const value = 'right';"}, "import { value } from './lib';")


def test_directory_with_main(t):
    one(t, {"lib/package.json": '{"main": "src/x"}', "lib/src/x.js": "exports.value = 'right';"}, "import { value } from './lib';")


def test_json_module(t):
    one(t, {"d.json": '{"v": {"value": "right", "__proto__": 1}}'}, "import d from './d.json';\nconst { value } = d.v;")


def test_package_main(t):
    one(t, package("p", '{"main": "./lib/x.js"}', lib__x_js="") | {"node_modules/p/lib/x.js": "module.exports = { value: 'right' };"},
        "import { value } from 'p';")


def test_package_without_main(t):
    one(t, {"node_modules/p/package.json": "{}", "node_modules/p/index.js": "exports.value = 'right';"}, "import { value } from 'p';")


def test_package_found_in_a_directory_above(t):
    t.write({"package.json": "{}", "node_modules/p/index.js": "exports.value = 'right';",
             "deep/er/a.test.js": "const { value } = require('p');\n" + PASS})
    t.passes(t.dx(), 1)


def test_scoped_package_subpath(t):
    one(t, {"node_modules/@s/p/lib/x.js": "exports.value = 'right';", "node_modules/@s/p/package.json": "{}"}, "import { value } from '@s/p/lib/x';")


EXPORTS = {"node_modules/p/r.js": "exports.value = 'right';", "node_modules/p/w.js": "exports.value = 'wrong';",
           "node_modules/p/m.mjs": "export const value = 'right';"}


def test_exports_conditions_in_order(t):
    one(t, EXPORTS | {"node_modules/p/package.json": '{"exports": {"types": "./w.js", "browser": "./w.js", "node": {"import": "./w.js", "require": "./r.js"}}}'},
        "import { value } from 'p';")  # a Jest project: an import is a require


def test_exports_import_condition_in_a_vitest_project(t):
    t.write(EXPORTS | {"package.json": '{"devDependencies": {"vitest": "1"}}',
                       "node_modules/p/package.json": '{"exports": {"require": "./w.js", "import": "./m.mjs"}}',
                       "a.test.ts": "import { value } from 'p';\nimport { test, expect } from 'vitest';\n" + PASS})
    t.passes(t.dx(), 1)


def test_exports_esm_only_package_loads_under_jest(t):
    one(t, EXPORTS | {"node_modules/p/package.json": '{"exports": {"import": "./m.mjs"}}'}, "import { value } from 'p';")


def test_exports_patterns_longest_first(t):
    one(t, EXPORTS | {"node_modules/p/package.json": '{"exports": {"./*": "./w.js", "./f/*.js": "./*.js", "./f/w.js": "./w.js"}}'},
        "import { value } from 'p/f/r.js';")


def test_exports_null_hides(t):
    t.write(EXPORTS | {"package.json": "{}", "node_modules/p/package.json": '{"exports": {"./*": "./*.js", "./w": null}}',
                       "a.test.js": "test('x', () => { expect(() => require('p/w')).toThrow(\"Cannot find module 'p/w'\"); "
                                    "expect(require('p/r').value).toBe('right'); });"})
    t.passes(t.dx(), 1)


def test_exports_arrays_take_the_first_that_holds(t):
    one(t, EXPORTS | {"node_modules/p/package.json": '{"exports": [{"nothing": "./w.js"}, "./r.js"]}'}, "import { value } from 'p';")


def test_exports_do_not_leave_the_package(t):
    t.write({"package.json": "{}", "x.js": "", "node_modules/p/package.json": '{"exports": {"./*": "./*"}}',
             "a.test.js": "test('x', () => { expect(() => require('p/../../x.js')).toThrow('Cannot find module'); });"})
    t.passes(t.dx(), 1)


def test_extra_conditions(t):
    t.write(EXPORTS | {"package.json": "{}", "node_modules/p/package.json": '{"exports": {"@me/source": "./r.js", "default": "./w.js"}}',
                       "a.test.js": "const { value } = require('p');\n" + PASS})
    t.passes(t.dx("--conditions", "@me/source"), 1)


def test_package_refers_to_itself(t):
    t.write({"package.json": '{"name": "me", "exports": {"./x": "./src/x.ts"}}', "src/x.ts": "export const value = 'right';",
             "a.test.ts": "import { value } from 'me/x';\n" + PASS})
    t.passes(t.dx(), 1)


def test_imports_of_package_json(t):
    t.write({"package.json": '{"imports": {"#x/*": {"node": "./src/*.ts"}}}', "src/y.ts": "export const value = 'right';",
             "a.test.ts": "import { value } from '#x/y';\n" + PASS})
    t.passes(t.dx(), 1)


def test_tsconfig_paths_through_extends_with_comments(t):
    one(t, {"tsconfig.json": '{ // the base has them\n "extends": "./base.json", }',
            "base.json": '{"compilerOptions": {"paths": {"@/*": ["./nowhere/*", "./src/*"], /* exact */ "whole": ["./src/whole"],},}}',
            "src/v.ts": "import { value } from 'whole'; export { value };", "src/whole.ts": "export const value = 'right';"},
        "import { value } from '@/v';")


def test_tsconfig_base_url(t):
    one(t, {"tsconfig.json": '{"compilerOptions": {"baseUrl": "src"}}', "src/lib/v.ts": "export const value = 'right';"}, "import { value } from 'lib/v';")


def test_module_name_mapper(t):
    t.write({"package.json": '{"jest": {"moduleNameMapper": {"^~/(.*)$": "<rootDir>/src/$1", "\\\\.css$": "<rootDir>/style.js"}}}',
             "src/v.ts": "export const value = 'right';", "style.js": "module.exports = 'mapped';",
             "a.test.ts": "import { value } from '~/v';\nimport style from './x.css';\n" + PASS + "test('y', () => expect(style).toBe('mapped'));"})
    t.passes(t.dx(), 2)


def test_vitest_alias(t):
    t.write({"package.json": "{}", "vitest.config.mts": "import { defineConfig } from 'vitest/config'\nimport path from 'node:path'\n"
             "export default defineConfig({ test: { alias: [{ find: /^lib\\//, replacement: path.resolve(__dirname, 'src') + '/' }] },\n"
             "  resolve: { alias: { me: new URL('src/v.ts', import.meta.url).pathname } } })",
             "src/v.ts": "export const value = 'right';",
             "a.test.ts": "import { test, expect } from 'vitest';\nimport { value } from 'me';\nimport * as b from 'lib/v';\n" + PASS +
                          "test('y', () => expect(b.value).toBe('right'));"})
    t.passes(t.dx(), 2)


def test_links_in_node_modules_give_one_instance(t):
    import os
    t.write({"package.json": "{}", "packages/p/index.js": "exports.list = []; ",
             "a.test.js": "const a = require('p'), b = require('./packages/p'); test('x', () => { expect(a).toBe(b); });"})
    os.makedirs(t.path("node_modules"))
    os.symlink("../packages/p", t.path("node_modules/p"))
    t.passes(t.dx(), 1)


def test_missing_module_fails_its_file_only(t):
    t.write({"package.json": "{}", "a.test.js": "require('./nowhere');\ntest('x', () => {});", "b.test.js": "test('y', () => {});"})
    r = t.dx()
    t.equal(r.code, 1)
    t.contains(r.out, "Cannot find module './nowhere'")
    t.equal(r.counts(), {"passed": 1, "total": 1})


def test_dxtc_links_and_warns_of_missing_modules(t):
    t.write({"a.ts": "import { b } from './b';\nimport x from 'nowhere';\nconsole.log(b, x);", "b.ts": "export const b = 1;"})
    r = t.dxtc("a.ts", "-o", "out.dxtl", "-MMD", "-j2")
    t.equal(r.code, 0)
    t.contains(r.err, "cannot find module 'nowhere'")
    with open(t.path("out.d")) as f:
        rule = f.read()
    t.contains(rule, "out.dxtl:")
    t.contains(rule, "b.ts")
    t.equal(t.run("dxvm", ["verify", "out.dxtl"]).code, 0)


def test_dxtc_gives_the_same_bytes_whatever_the_threads(t):
    t.write({f"m{i}.ts": f"import './m{(i * 7 + 1) % 40}'; export const x{i} = {i};" for i in range(40)})
    for n in "1", "2", "4":
        t.equal(t.dxtc(".", "-o", f"out{n}.dxtl", "-j", n).code, 0)
    contents = [open(t.path(f"out{n}.dxtl"), "rb").read() for n in "124"]
    t.equal(contents[0] == contents[1] == contents[2], True)


def test_dxtc_exit_statuses(t):
    t.write({"bad.ts": "let x = ;\nlet y = );\n", "good.ts": "let x = 1;"})
    r = t.dxtc("bad.ts", "-o", "out.dxt")
    t.equal(r.code, 3)
    t.contains(r.err, "bad.ts:1:9: error:")
    t.contains(r.err, "^")
    t.equal(t.dxtc("bad.ts", "-o", "out.dxtl").code, 3)
    t.equal(t.dxtc("good.ts", "-o", "out.dxt").code, 0)
    t.equal(t.dxtc("good.ts").code, 2)
    t.equal(t.dxtc("good.ts", "-o", "out.exe").code, 2)
    t.equal(t.dxtc("none.ts", "-o", "out.dxt").code, 2)
    t.equal(t.dxtc("--nonsense", "good.ts", "-o", "out.dxt").code, 2)
    t.equal(t.dxtc("good.ts", "-o", "no/such/dir/out.dxt").code, 2)


def test_bad_configuration_files_are_warned_of_with_position(t):
    t.write({"a.ts": "import 'p';", "node_modules/p/package.json": '{"main":\n "x.js",}', "node_modules/p/index.js": ""})
    r = t.dxtc("a.ts", "-o", "out.dxtl")
    t.contains(r.err, "node_modules/p/package.json:2:")
