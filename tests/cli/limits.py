# SPDX-License-Identifier: MIT
"""Programs of one construct (constructs.py), large enough to meet what is recursive or counted: compiled and their output right, or refused
with the limit's name. bench/compile/run.py times the same programs at larger sizes."""
import constructs

SMALL = 640  # of what lies side by side; deep things go to their limit and beyond


def outcome(t, c, n):
    text, prints = c.make(n)
    t.write({"x" + c.extension: text})
    r = t.dxtc("-c", "x" + c.extension, "-o", "x.dxt")
    if r.code == 3:
        return "refused: " + next((l for l in r.err.splitlines() if ": error: " in l), r.err)
    if r.code:
        return f"exit status {r.code}: {r.err[-300:]}"
    if prints is None:
        return "compiled"
    run = t.run("dxvm", ["run", "x.dxt"])
    return "right" if (run.code, run.out.strip()) == (0, prints) else f"prints {run.out[:100]!r} {run.err[:200]!r}, wanted {prints[:100]!r}"


def wrong(t, c, n, refused):
    got = outcome(t, c, n)
    if refused:
        good = got.startswith("refused: ") and c.says in got
    elif c.make(1)[1] is None:
        good = got == "compiled" or got.startswith("refused: x.")
    else:
        good = got == "right"
    return [] if good else [f"{c.name}, {n}: {got[:400]}"]


def deep(c):
    return c.says in (constructs.DEEP, "Invalid regular expression")


def test_constructs_side_by_side_compile_and_run(t):
    t.equal([w for c in constructs.CONSTRUCTS if not deep(c) for w in wrong(t, c, SMALL, False)], [])


def test_constructs_in_one_another_compile_and_run_up_to_the_limit(t):
    t.equal([w for c in constructs.CONSTRUCTS if deep(c) for w in wrong(t, c, min(c.limit or 600, 600), False)], [])


def test_constructs_in_one_another_are_refused_beyond_the_limit(t):
    t.equal([w for c in constructs.CONSTRUCTS if deep(c) and c.limit for w in wrong(t, c, 5000, True)], [])


def test_numbers_of_16_bits_are_limits_with_a_name(t):
    names = ("many let at the top", "many exports", "many parameters", "many arguments", "many decorators of one class", "many JSX attributes", "many private methods")
    t.equal([w for c in constructs.CONSTRUCTS if c.name in names for w in wrong(t, c, 70000, True)], [])


def test_a_small_stack_limits_nesting_and_nothing_crashes(t):
    text = "var x = " + "(" * 1900 + "1" + ")" * 1900 + "; console.log(x);"
    t.write({"x.js": text})
    r = t.shell("ulimit -s 512; exec $BUILD/dxtc -c x.js -o x.dxt")
    t.equal(r.code, 3)
    t.contains(r.err, "x.js:1:")
    t.contains(r.err, constructs.DEEP)


def test_eval_of_deep_text_is_an_error_and_so_is_its_use_at_the_end_of_the_stack(t):
    t.write({"deep.test.js": """
test('deep', () => {
  expect(() => eval('['.repeat(100000))).toThrow(SyntaxError);
  expect(() => new Function('return ' + '('.repeat(100000))).toThrow(SyntaxError);
  expect(() => new RegExp('('.repeat(100000))).toThrow(SyntaxError);
  expect(eval('('.repeat(900) + '1' + ')'.repeat(900))).toBe(1);
});
test('at the end of the stack', () => {
  const text = '('.repeat(200) + '1' + ')'.repeat(200), kinds = new Set();
  let left = 3;
  const deeper = () => {
    try { [1].map(deeper); } catch (e) {
      if (left-- > 0) try { kinds.add(typeof eval(text)); } catch (e) { kinds.add(e instanceof Error); }
      throw e;
    }
  };
  expect(deeper).toThrow(RangeError);
  expect(kinds.size).toBeGreaterThan(0);
});
"""})
    t.passes(t.dx(), 2)
