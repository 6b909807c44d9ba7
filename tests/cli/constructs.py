# SPDX-License-Identifier: MIT
"""Programs of one construct at any size: what tests/cli/limits.py compiles and runs small and bench/compile/run.py times large.

CONSTRUCTS: Construct(name, make, extension, size, limit); make(n) → (source, what it prints; None: it is refused at any size).
`size` is N of the measurement (N, 2N and 4N are made). `limit` is the size above which the compiler refuses it, with what it says.
"""
import collections

Construct = collections.namedtuple("Construct", "name make extension size limit says")
CONSTRUCTS = []
DEEP = "Code is nested too deeply"


def construct(name, size=100000, extension=".js", limit=None, says=None):
    def add(make):
        CONSTRUCTS.append(Construct(name, make, extension, size, limit, says))
        return make
    return add


def deep(name, extension=".js", limit=1900, size=10000, says=DEEP):
    """A construct that holds itself: levels are counted, and past the limit refused."""
    return construct(name, size, extension, limit, says)


def log(expression):
    return f"\nconsole.log({expression});\n"


# ---- brackets in brackets

def nest(name, opening, inner, closing, prints, extension=".js", before="", after=None, limit=1900, whole="var x = %s;"):
    """opening × n, inner, closing × n in the place of %s."""
    def make(n):
        return before + whole % f"{opening * n}{inner}{closing * n}" + (after or log("typeof x")), prints
    deep(name, extension, limit)(make)


def nest_statement(name, opening, inner, closing, prints, extension=".js", before="", after="", limit=1900):
    def make(n):
        return f"{before}{opening * n}{inner}{closing * n}{after}", prints
    deep(name, extension, limit)(make)


nest("parentheses", "(", "1", ")", "number")
nest("parentheses of a comma", "(0,", "1", ")", "number")
nest("arrays", "[", "1", "]", "object")
nest("arrays, second item", "[1,", "1", "]", "object")
nest("objects", "{a:", "1", "}", "object")
nest("computed keys", "{[", "1", "]:1}", "object")
nest("calls", "f(", "1", ")", "number", before="var f = x => x;")
nest("calls, second argument", "f(0,", "1", ")", "number", before="var f = (y, x) => x;")
nest("indexes", "o[", "'a'", "]", "string", before="var o = {a: 'a'};")
nest("templates", "`${", "1", "}`", "string")
nest("tagged templates", "f`${", "1", "}`", "string", before="var f = (s, x) => 'x';")
nest("functions in functions", "function(){return ", "1", "}", "function")
nest("functions called at once", "(function(){return ", "1", "})()", "number", limit=900)
nest("arrow bodies", "()=>", "1", "", "function")
nest("arrow block bodies", "()=>{return ", "1", "}", "function")
nest("arrow parameters", "(a=", "1", ")=>1", "function")
nest("async arrow parameters", "async(a=", "1", ")=>1", "function")
nest("things that look like arrow parameters", "(a,b=", "1", ")", "number", before="var a, b;")
nest("calls of async", "async(", "1", ")", "number", before="var async = x => x;")
nest("classes that extend", "class extends ", "Object", "{}", "function", limit=1900)
nest("class bodies", "class{static x=", "1", "}", "function", limit=900)
nest("methods", "{m(){return ", "1", "}}", "object")
nest("new", "new (", "Object", ")", "undefined", before="function O() { return O } Object = O;", after=log("undefined"))
nest("not", "!", "1", "", "boolean")
nest("minus", "- ", "1", "", "number")
nest("typeof", "typeof ", "1", "", "string")
nest("void and delete", "void delete ", "1", "", "undefined", limit=900)
nest("yield", "yield ", "1", "", "function", before="var y = function*() {", after="}" + log("typeof y"))
nest("await", "await ", "1", "", "function", before="var y = async function() {", after="}" + log("typeof y"))
nest("spread", "[...", "[]", "]", "object")
nest("assignments of destructuring", "[a]=[", "1", "]", "object", before="var a;")
nest("conditionals in the middle", "1?", "1", ":0", "number")
nest("right-hand sides in brackets", "a=(", "1", ")", "number", before="var a;")
nest("import()", "()=>import(", "'m'", ")", "function")


@deep("groups of a regular expression", limit=900, says="Invalid regular expression")
def regexp_groups(n):
    return "var r = /" + "(" * n + "a" + ")" * n + "/;" + log("r.exec('a').length"), str(n + 1)


for _name, _opening, _inner, _closing in [("elements", "<a>", "", "</a>"), ("fragments", "<>", "1", "</>"), ("expressions", "<a>{", "1", "}</a>"), ("attributes", "<a b=", "'1'", "/>")]:
    nest("JSX " + _name, _opening, _inner, _closing, "function", ".jsx", whole="var x = () => %s;")  # not called: there is no react

nest_statement("blocks", "{", "console.log(1)", "}", "1")
nest_statement("if", "if(1)", "console.log(1)", "", "1")
nest_statement("if with else", "if(0);else{", "console.log(1)", "}", "1")
nest_statement("loops", "do ", "console.log(1);", " while(0);", "1")
nest_statement("for loops", "for(let i=0;i<1;i++)", "console.log(1)", "", "1")
nest_statement("for-of loops", "for(let i of [1])", "console.log(1)", "", "1", limit=900)
nest_statement("with", "with({})", "console.log(1)", "", "1")
nest_statement("try", "try{", "console.log(1)", "}finally{}", "1", limit=900)
nest_statement("catch", "try{throw 1}catch(e){", "console.log(1)", "}", "1", limit=900)
nest_statement("switch", "switch(1){default:", "console.log(1)", "}", "1")
nest_statement("function declarations", "function f(){", "", "}", "function", after=log("typeof f"))
nest_statement("class declarations", "class A{static{", "console.log(1)", "}}", "1", limit=900)
nest_statement("using", "{using a = null;", "console.log(1)", "}", "1", limit=900)
nest_statement("namespaces in namespaces", "namespace A{export ", "var a=1", "}", "object", ".ts", after=log("typeof A"), before="", limit=900)


@deep("labels of one statement", limit=1900)
def labels_nested(n):
    return "".join(f"l{i}:" for i in range(n)) + "for(;;) break l0;" + log("1"), "1"


@deep("array patterns", limit=1900)
def array_patterns(n):
    return f"var {'[' * n}a{']' * n} = {'[' * n}1{']' * n};" + log("a"), "1"


@deep("object patterns", limit=1900)
def object_patterns(n):
    return f"var {'{a:' * n}a{'}' * n} = {'{a:' * n}1{'}' * n};" + log("a"), "1"


@deep("patterns with defaults", limit=900)
def default_patterns(n):
    return f"var {'[' * n}a{']=[]' * (n - 1)}] = [];" + log("a"), "undefined"


@deep("patterns of parameters", limit=1900)
def parameter_patterns(n):
    return f"var f = ({'[' * n}a{']' * n}) => a;" + log(f"f({'[' * n}1{']' * n})"), "1"


def nest_type(name, opening, inner, closing, limit=1900):
    def make(n):
        return f"type T = {opening * n}{inner}{closing * n};" + log("1"), "1"
    deep("types: " + name, ".ts", limit)(make)


nest_type("generics", "Array<", "1", ">")
nest_type("parentheses", "(", "1", ")")
nest_type("tuples", "[", "1", "]")
nest_type("objects", "{a:", "1", "}")
nest_type("functions", "(a: ", "1", ") => void")
nest_type("results", "() => ", "1", "")
nest_type("keyof", "keyof ", "1", "")
nest_type("indexed access", "A[", "1", "]")
nest_type("conditional, first arm", "1 extends 2 ? ", "1", ": 3")
nest_type("conditional, extends", "1 extends (", "1", ") ? 2 : 3")
nest_type("infer", "1 extends [infer U extends ", "1", "] ? 2 : 3", limit=900)
nest_type("templates", "`${", "1", "}`")
nest_type("mapped", "{[K in ", "'a'", "]: 1}")
nest("types: assertions", "<any>", "1", "", "number", ".ts")
nest("types: generic arrows", "<T>(a = ", "1", ") => 1", "function", ".ts")
nest("types: arguments of calls", "f<1>(", "1", ")", "number", ".ts", before="var f: any = x => x;")
nest("types: things that look like type arguments", "(a < (b > ", "1", "))", "boolean", ".ts", before="var a: any, b: any;", limit=900)
nest("types: arrows with results in conditionals", "a ? (b) : ", "1", "", "number", ".ts", before="var a: any, b: any;", limit=None)
nest("types: arrows in the first arm", "a ? (b): c => ", "1", " : 2", "number", ".ts", before="var a: any = 0;", after=log("'number'"))
nest("types: arguments with annotations", "(a: any = ", "1", ") => 1", "function", ".ts")
nest("types: unclosed less-than", "a<", "1", "", "boolean", ".ts", before="var a: any;", limit=None)


# ---- brackets never closed

def unclosed(name, opening, extension=".js", before="", size=10000):
    construct("unclosed: " + name, size, extension)(lambda n: (before + opening * n, None))


for _name, _text in [("parentheses", "("), ("brackets", "["), ("braces", "{"), ("objects", "({a:"), ("templates", "`${"), ("calls", "f("), ("arrow parameters", "(a="),
                     ("async", "async("), ("functions", "function f(){"), ("classes", "class A{m(){"), ("conditionals", "a?"), ("unary", "!"), ("new", "new "),
                     ("regular expressions", "a=/("), ("strings", "a=\"\n"), ("else", "if(a){}else "), ("for", "for("), ("commas", "(a,"), ("at signs", "@("),
                     ("brackets of patterns", "[a="), ("private names", "#a in "), ("semicolons in parentheses", "(;")]:
    unclosed(_name, _text)
for _name, _text in [("type arguments", "a<"), ("type arguments of calls", "f<a>("), ("generic arrows", "<T>("), ("conditionals with arrows", "a?(b):"), ("conditionals in parentheses", "a?(b?("),
                     ("types", "type A = ("), ("function types", "let a: (b: "), ("object types", "let a: {b: "), ("arrow results", "(a): (b: "), ("async arrows", "async <T>(a: ")]:
    unclosed("types: " + _name, _text, ".ts")
for _name, _text in [("elements", "<a>"), ("attributes", "<a b="), ("expressions", "<a>{"), ("generics or elements", "<T,>("), ("less-than", "a<")]:
    unclosed("tsx: " + _name, _text, ".tsx")


# ---- chains

def chain(name, first, link, last="", prints="", extension=".js", before="", show="x", size=100000, limit=None, says=None):
    def make(n):
        return f"{before}var x = {first}{link * n}{last};" + log(show), prints(n) if callable(prints) else prints
    construct("chain of " + name, size, extension, limit, says)(make)


chain("sums of constants", "1", "+1", prints=lambda n: str(n + 1))
chain("sums of variables", "a", "+a", prints=lambda n: str(n + 1), before="var a = 1;")
chain("sums of strings", "'a'", "+'b'", prints=lambda n: str(n + 1), show="x.length", size=250000)
chain("sums of strings and a variable", "'a'", "+b", prints=lambda n: str(n + 1), show="x.length", before="var b = 'b';")
chain("powers", "1", "**1", prints="1", limit=1900, says=DEEP, size=10000)
chain("powers of variables", "a", "**a", prints="1", before="var a = 1;", limit=1900, says=DEEP, size=10000)
chain("commas", "(1", ",1", ")", prints="1")
chain("and", "a", "&&a", prints="1", before="var a = 1;")
chain("or", "a", "||a", prints="0", before="var a = 0;")
chain("nullish", "a", "??a", prints="null", before="var a = null;")
chain("and in a condition", "0; if (a", "&&a", ") x = 1", prints="1", before="var a = 1;")
chain("comparisons", "a", "<a", prints=lambda n: "false" if n % 2 else "true", before="var a = 1;")
chain("equalities", "a", "==a", prints="true", before="var a = 1;")
chain("mixed precedence", "a", "+a*a-a", prints="1", before="var a = 1;")
chain("assignments", "a", "=a", prints="1", before="var a = 1;", limit=1900, says=DEEP, size=10000)
chain("conditionals", "", "a?1:", "2", prints="2", before="var a = 0;")
chain("members", "a", ".a", prints="object", before="var a = {}; a.a = a;", show="typeof x")
chain("optional members", "a", "?.a", prints="object", before="var a = {}; a.a = a;", show="typeof x")
chain("optional members of nothing", "a", "?.a", prints="undefined", before="var a;")
chain("indexes", "a", "[0]", prints="object", before="var a = []; a[0] = a;", show="typeof x")
chain("calls", "f", "()", prints="function", before="var f = () => f;", show="typeof x")
chain("method calls", "a", ".f()", prints="object", before="var a = {f() { return this }};", show="typeof x")
chain("optional calls", "a", "?.f?.()", prints="object", before="var a = {f() { return this }};", show="typeof x")
chain("tagged templates", "f", "``", prints="function", before="var f = () => f;", show="typeof x")
chain("template parts", "`", "${a}", "`", prints=lambda n: str(n), before="var a = 1;", show="x.length")
chain("as", "1", " as any", prints="1", extension=".ts", before="")
chain("non-null", "a", "!", prints="1", extension=".ts", before="var a = 1;")
chain("types: unions", "1 as any as 1", "|1", prints="1", extension=".ts")
chain("types: arrays", "1 as any as 1", "[]", prints="1", extension=".ts")
chain("types: conditionals", "1 as any as ", "1 extends 2 ? 3 : ", "4", prints="1", extension=".ts")
chain("types: dotted names", "1 as any as a", ".a", prints="1", extension=".ts")


@construct("chain of else if", 50000)
def else_if(n):
    return "var a = -1, x = 0; if (a === 0) x = 1;" + "".join(f" else if (a === {i}) x = {i};" for i in range(n)) + " else x = 'none';" + log("x"), "none"


@construct("chain of dotted namespaces", 10000, ".ts", 900, DEEP)
def namespaces_dotted(n):
    return "namespace " + ".".join("A" * (n + 1)) + " { export const a = 1; }" + log("typeof A.A"), "object"


# ---- many of one kind

def repeat(name, text, prints, size=100000, extension=".js", before="", after="", limit=None, says=None):
    """text with {i} for each of n numbers; LAST and COUNT in what follows are n - 1 and n."""
    def make(n):
        parts = [text.replace("{i}", str(i)) for i in range(n)] if "{i}" in text else [text] * n
        return before + "".join(parts) + after.replace("LAST", str(n - 1)).replace("COUNT", str(n)), prints(n) if callable(prints) else prints
    construct("many " + name, size, extension, limit, says)(make)


repeat("cases", "case {i}: x = {i}; break;", lambda n: str(n - 1), before="var x; function f(a) { switch (a) {", after="} } for (const a of [1, 0]) f(a); f(COUNT - 1);" + log("x"))
repeat("cases of strings", "case 's{i}': x = {i}; break;", "7", before="var x; function f(a) { switch (a) {", after="} } f('s7');" + log("x"), size=50000)
repeat("cases that fall through", "case {i}:", "1", before="var x; switch (3) {", after="x = 1 }" + log("x"))
repeat("let in one function", "let a{i} = {i};\n", lambda n: str(n - 1), before="function f() {\n", after="return aLAST }" + log("f()"), limit=65000, says="Too many variables")
repeat("let in closures", "let a{i} = {i};\n", lambda n: str(n - 1), before="function f() {\n", after="return (() => aLAST)() }" + log("f()"), limit=65000, says="Too many variables")
repeat("captured let", "let a{i} = {i}; g = () => a{i};\n", lambda n: str(n - 1), before="let g; function f() {\n", after="return g() }" + log("f()"), size=30000, limit=65000, says="inner functions")
repeat("let in blocks", "{ let a{i} = {i}; x = a{i}; }\n", lambda n: str(n - 1), before="var x; function f() {\n", after="}f();" + log("x"))
repeat("let at the top", "let a{i} = {i};\n", lambda n: str(n - 1), after=log("aLAST"), limit=65000, says="Too many variables")
repeat("var of one name", "var a = {i};\n", lambda n: str(n - 1), after=log("a"))
repeat("declarators", "a{i} = {i},", lambda n: str(n - 1), before="var ", after="z;" + log("aLAST"), limit=65000, says="Too many variables")
repeat("exports", "export let a{i} = {i};\n", lambda n: str(n - 1), after=log("aLAST"), extension=".mjs", limit=65000, says="inner functions")
repeat("export specifiers", "a as b{i},", "1", before="let a = 1; export {", after="};" + log("a"), extension=".mjs")
repeat("imports", "import * as a{i} from './m{i}.mjs';\n", None, extension=".mjs", size=50000)
repeat("import specifiers", "a{i},", None, before="import {", after="} from './m.mjs';" + log("aLAST"), extension=".mjs")
repeat("functions", "function f{i}() { return {i} }\n", lambda n: str(n - 1), after=log("fLAST()"), size=50000, limit=65000, says="Too many variables")
repeat("functions of one name", "function f() { return {i} }\n", lambda n: str(n - 1), after=log("f()"), size=50000)
repeat("functions of one name in blocks", "{ function f() { return {i} } }\n", lambda n: str(n - 1), after=log("f()"), size=30000)
repeat("arrow functions", "f = () => {i};\n", lambda n: str(n - 1), before="var f;", after=log("f()"), size=50000)
repeat("calls with arrows", "g((a, b) => a + b);\n", "1", before="var g = x => 1;", after=log("g()"), size=50000)
repeat("classes", "class C{i} { m() { return {i} } }\n", lambda n: str(n - 1), after=log("new CLAST().m()"), size=30000, limit=65000, says="Too many variables")
repeat("methods", "m{i}() { return {i} }\n", lambda n: str(n - 1), before="class C {\n", after="}" + log("new C().mLAST()"), size=50000)
repeat("fields", "f{i} = {i};\n", lambda n: str(n - 1), before="class C {\n", after="}" + log("new C().fLAST"), size=50000)
repeat("private fields", "#f{i} = {i};\n", lambda n: str(n - 1), before="class C {\n", after="g() { return this.#fLAST } }" + log("new C().g()"), size=30000, limit=65000, says="inner functions")
repeat("private methods", "#f{i}() { return {i} };\n", lambda n: str(n - 1), before="class C {\n", after="g() { return this.#fLAST() } }" + log("new C().g()"), size=20000, limit=32000, says="inner functions")
repeat("static blocks", "static { x = {i} }\n", lambda n: str(n - 1), before="var x; class C {\n", after="}" + log("x"), size=30000)
repeat("accessors", "get a{i}() { return {i} } set a{i}(x) { }\n", lambda n: str(n - 1), before="class C {\n", after="}" + log("new C().aLAST"), size=30000)
repeat("properties", "a{i}: {i},\n", lambda n: str(n - 1), before="var o = {", after="};" + log("o.aLAST"))
repeat("index properties", "{i}: {i},\n", lambda n: str(n - 1), before="var o = {", after="};" + log("o[LAST]"))
repeat("computed properties", "['a' + {i}]: {i},\n", lambda n: str(n - 1), before="var o = {", after="};" + log("o.aLAST"), size=50000)
repeat("spread properties", "...a,\n", "1", before="var a = {b: 1}, o = {", after="};" + log("o.b"))
repeat("items", "{i},", lambda n: str(n), before="var o = [", after="];" + log("o.length"))
repeat("items that are variables", "a,", lambda n: str(n), before="var a = 1, o = [", after="];" + log("o.length"))
repeat("holes", ",", lambda n: str(n), before="var o = [", after="];" + log("o.length"))
repeat("spread items", "...a,", lambda n: str(n), before="var a = [1], o = [", after="];" + log("o.length"))
repeat("rows of data", "{id: {i}, name: 'n{i}', tags: ['a', 'b']},\n", lambda n: str(n), before="var o = [", after="];" + log("o.length"), size=50000)
repeat("assignments of properties", "o.a{i} = {i};\n", lambda n: str(n - 1), before="var o = {};", after=log("o.aLAST"))
repeat("reads of globals", "x = undefined1{i};\n", "1", before="var x; function f() {", after="}" + log("1"), size=50000)
repeat("strings", "s = 'string {i}';\n", lambda n: str(n - 1), before="var s;", after=log("s.slice(7)"))
repeat("floats", "s = {i}.5;\n", lambda n: f"{n - 1}.5", before="var s;", after=log("s"))
repeat("bigints", "s = 1{i}0000000000000000000n;\n", "bigint", before="var s;", after=log("typeof s"), size=30000)
repeat("regular expressions", "s = /a{i}b*/;\n", lambda n: f"a{n - 1}b*", before="var s;", after=log("s.source"), size=30000)
repeat("templates", "s = `a${s}{i}`.slice(0, 1);\n", "a", before="var s = '';", after=log("s"))
repeat("tagged templates", "s = f`a{i}${s}b`;\n", lambda n: f"a{n - 1}", before="var s = '', f = x => x[0];", after=log("s"), size=30000)
repeat("labels", "l{i}: for (;;) { break l{i} }\n", "1", after=log("1"), size=50000)
repeat("breaks of one loop", "if (x === {i}) break;\n", "1", before="var x = -1; for (;;) {", after="break }" + log("1"))
repeat("continues of one loop", "if (x === {i}) continue;\n", "1", before="for (let x = -1; x < 0; x++) {", after="}" + log("1"))
repeat("returns in a try", "if (x === {i}) return {i};\n", "7", before="function f(x) { try {", after="} finally { x = 0 } }" + log("f(7)"), size=30000)
repeat("try statements", "try { x = {i} } catch (e) { x = e }\n", lambda n: str(n - 1), before="var x; function f() {", after="} f();" + log("x"), size=20000)
repeat("try statements that may throw", "try { g({i}) } catch (e) { x = e }\n", "1", before="var x = 1; function g() {} function f() {", after="} f();" + log("x"), size=10000, limit=65535,
       says="Function is too large")
repeat("finally statements", "try { g({i}) } finally { x = {i} }\n", lambda n: str(n - 1), before="var x = 1; function g() {} function f() {", after="} f();" + log("x"), size=10000, limit=65535,
       says="Function is too large")
repeat("for-of loops", "for (const a of [{i}]) x = a;\n", lambda n: str(n - 1), before="var x; function f() {", after="} f();" + log("x"), size=10000, limit=21000, says="Function is too large")
repeat("for-in loops", "for (const a in { b: {i} }) x = a;\n", "b", before="var x; function f() {", after="} f();" + log("x"), size=30000)
repeat("for loops", "for (let i = 0; i < 1; i++) x = {i};\n", lambda n: str(n - 1), before="var x; function f() {", after="} f();" + log("x"), size=30000)
repeat("for loops with closures", "for (let i = 0; i < 1; i++) x = () => i + {i};\n", lambda n: str(n - 1), before="var x; function f() {", after="} f();" + log("x()"), size=20000)
repeat("while loops in one another's text", "while (x < {i}) x++;\n", lambda n: str(n - 1), before="var x = 0; function f() {", after="} f();" + log("x"), size=30000)
repeat("awaits", "x = await {i};\n", lambda n: str(n - 1), before="var x; async function f() {", after="} f().then(() => console.log(x));", size=30000)
repeat("yields", "x = yield {i};\n", "7", before="var x; function* f() {", after="} let k = 0; for (const v of f()) { if (v === 7) console.log(v) }", size=30000)
repeat("statements", "x += 1;\n", lambda n: str(n), before="var x = 0; function f() {", after="} f();" + log("x"), size=200000)
repeat("statements in a loop", "x += i;\n", "0", before="var x = 0; function f() { for (let i = 0; i < 1; i++) { if (i > 5) {", after="} } } f();" + log("x"), size=200000)
repeat("parameters", "a{i},", "0", before="function f(", after="z) { return arguments.length }" + log("f()"), size=30000, limit=65533, says="Too many parameters")
repeat("parameters with defaults", "a{i} = {i},", lambda n: str(n - 1), before="function f(", after="z) { return aLAST }" + log("f()"), size=15000, limit=65533, says="Too many parameters")
repeat("arguments", "{i},", lambda n: str(n + 1), before="function f() { return arguments.length } x = f(", after="0);" + log("x"), size=15000, limit=65534, says="Too many arguments")
repeat("spread arguments", "...a,", lambda n: str(n + 1), before="var a = [1]; function f(...b) { return b.length } x = f(", after="0);" + log("x"), size=30000, limit=65534, says="Too many arguments")
repeat("names of an object pattern", "a{i},", "undefined", before="var {", after="} = {a0: 1};" + log("aLAST"), size=50000, limit=65000, says="Too many variables")
repeat("names of an array pattern", "a{i},", "undefined", before="var [", after="] = [1];" + log("aLAST"), size=30000, limit=65000, says="Too many variables")
repeat("names before a rest", "a{i},", "1", before="var {", after="...r} = {q: 1};" + log("r.q"), size=15000)
repeat("enum members", "A{i},", lambda n: str(n - 1), before="enum E {", after="}" + log("E.ALAST"), extension=".ts", size=50000)
repeat("enum members that add", "A{i} = 1 + {i},", lambda n: str(n), before="enum E {", after="}" + log("E.ALAST"), extension=".ts", size=50000)
repeat("enums of one name", "enum E { A{i} = {i} }\n", lambda n: str(n - 1), after=log("E.ALAST"), extension=".ts", size=10000)
repeat("namespaces of one name", "namespace N { export const a{i} = {i} }\n", lambda n: str(n - 1), after=log("N.aLAST"), extension=".ts", size=5000)
repeat("exports of a namespace", "export const a{i} = {i};\n", lambda n: str(n - 1), before="namespace N {", after="}" + log("N.aLAST"), extension=".ts", size=30000)
repeat("overloads", "function f(a: {i}): void;\n", "1", after="function f(a: any) { return 1 }" + log("f()"), extension=".ts", size=50000)
repeat("interfaces", "interface I{i} { a: string; b?: number; c(): void }\n", "1", after=log("1"), extension=".ts", size=50000)
repeat("arrows with types", "f = (a: number, b?: string): void => {};\n", "function", before="let f: any;", after=log("typeof f"), extension=".ts", size=50000)
repeat("generic calls", "f<number, Array<Array<string>>>({i});\n", "1", before="let f: any = () => 1;", after=log("f()"), extension=".ts", size=50000)
repeat("less-than comparisons", "x = a < b, c > d;\n", "false", before="let a: any, b: any, c: any, d: any, x: any = false;", after=log("x"), extension=".ts", size=50000)
repeat("parameter properties", "public a{i} = {i},", lambda n: str(n - 1), before="class C { constructor(", after=") {} }" + log("new C().aLAST"), extension=".ts", size=10000, limit=65533,
       says="Too many parameters")
repeat("decorators of one class", "@d ", "1", before="function d(c) { return c } ", after="class C {}" + log("1"), size=10000, extension=".ts", limit=32000, says="Function is too large")
repeat("decorated members", "@d m{i}() {}\n", "1", before="function d(f) { return f } class C {", after="}" + log("1"), size=10000, extension=".ts")
repeat("JSX children", "<b>{i}</b>", "function", before="var x = () => <a>", after="</a>;" + log("typeof x"), extension=".jsx", size=20000, limit=65000, says="Too many arguments")
repeat("JSX attributes", "a{i}='{i}' ", "function", before="var x = () => <a ", after="/>;" + log("typeof x"), extension=".jsx", size=30000, limit=65000, says="Function is too large")
repeat("direct evals", "x = eval('{i}');\n", None, before="var x; function f() {", after="}" + log("1"), size=20000)
repeat("blank lines", "\n", "1", after=log("1"), size=500000)
repeat("comments", "// {i}\n", "1", after=log("1"), size=200000)
repeat("semicolons", ";", "1", after=log("1"), size=500000)
repeat("line ends of two bytes", "\r\n", "1", after=log("1"), size=300000)
repeat("requires", "require('m{i}');\n", None, before="function f() {", after="}" + log("1"), size=50000)
repeat("errors", "let a;\n", None, size=100000)
repeat("errors of tokens", "let 1;\n", None, size=50000)
repeat("errors in one line", "@;", None, size=200000)

# ---- long things

def long(name, text, prints, size=1000000, extension=".js", limit=None, says=None):
    construct("long " + name, size, extension, limit, says)(lambda n: (text(n), prints(n) if callable(prints) else prints))


long("string", lambda n: f"var x = '{'a' * n}';" + log("x.length"), str)
long("string of two-byte units", lambda n: f"var x = '{'я' * n}';" + log("x.length"), str)
long("string of escapes", lambda n: "var x = '" + "\\n" * n + "';" + log("x.length"), str)
long("template", lambda n: f"var x = `{'a' * n}`;" + log("x.length"), str)
long("template of lines", lambda n: "var x = `" + "\n" * n + "`;" + log("x.length"), str)
long("comment", lambda n: "/*" + "a" * n + "*/" + log("1"), "1")
long("comment of stars", lambda n: "/" + "*" * n + "/" + log("1"), "1")
long("line comment", lambda n: "//" + "a" * n + log("1"), "1")
long("unclosed comment", lambda n: "/*" + "a" * n, None)
long("many unclosed comments", lambda n: "/*" * (n // 2), None)
long("unclosed string", lambda n: "'" + "a" * n, None)
long("unclosed template", lambda n: "`" + "a" * n, None)
long("unclosed regular expression", lambda n: "x = /" + "a" * n, None)
long("name", lambda n: f"var {'a' * n} = 1;" + log("a" * n), "1")
long("name of escapes", lambda n: "var " + "\\u0061" * (n // 6) + " = 1;" + log("1"), "1")
long("number", lambda n: f"var x = {'1' * n};" + log("x"), "Infinity")
long("fraction", lambda n: f"var x = 0.{'1' * n};" + log("x"), "0.1111111111111111")
long("hexadecimal number", lambda n: f"var x = 0x{'1' * n};" + log("x"), "Infinity")
long("separated number", lambda n: f"var x = 1{'_1' * (n // 2)};" + log("x"), "Infinity")
long("bigint", lambda n: f"var x = {'1' * n}n;" + log("typeof x"), "bigint", size=100000)
long("hexadecimal bigint", lambda n: f"var x = 0x{'1' * n}n;" + log("typeof x"), "bigint", size=100000)
long("regular expression", lambda n: f"var x = /{'a' * n}/;" + log("x.source.length"), str)
long("regular expression of alternatives", lambda n: f"var x = /a{'|b' * (n // 2)}/;" + log("x.test('b')"), "true", size=100000)
long("regular expression of classes", lambda n: f"var x = /{'[a-z]' * (n // 5)}/;" + log("x.test('b')"), "false", size=100000)
long("regular expression class", lambda n: "var x = /[" + "".join(chr(0x4e00 + i % 20000) for i in range(n)) + "]/;" + log("x.test('b')"), "false", size=50000)
long("regular expression of groups", lambda n: f"var x = /{'(a)' * (n // 3)}/;" + log("x.test('b')"), "false", size=30000, limit=190000, says="regular expression")
long("regular expression of names", lambda n: "var x = /" + "".join(f"(?<n{i}>a)" for i in range(n // 10)) + "/;" + log("x.test('b')"), "false", size=50000, limit=600000,
     says="regular expression")
long("regular expression of quantifiers", lambda n: f"var x = /{'(?:a?)' * (n // 6)}/;" + log("x.test('b')"), "true", size=60000)
long("blank", lambda n: " " * n + log("1"), "1")
long("JSX text", lambda n: "var x = () => <a>" + "text " * (n // 5) + "</a>;" + log("typeof x"), "function", extension=".jsx")
long("JSX text of entities", lambda n: "var x = () => <a>" + "&amp;" * (n // 5) + "</a>;" + log("typeof x"), "function", extension=".jsx")
long("JSX text of lines", lambda n: "var x = () => <a>" + "a\n  " * (n // 4) + "</a>;" + log("typeof x"), "function", extension=".jsx")
long("one-line program", lambda n: "var x=0;" + "x+=1;" * (n // 5) + "console.log(x)", lambda n: str(n // 5))



# ---- bundles

MODULE = """
define(%d, function (module, exports, require) {
  'use strict';
  Object.defineProperty(exports, '__esModule', { value: true });
  const { helper: helper%d, Base } = require(%d);
  class Item%d extends Base {
    #count = 0;
    constructor(name, { retries = 3, delay } = {}) {
      super(name);
      this.options = { retries, delay: delay ?? 100, tags: ['a', `tag-${name}`] };
    }
    get total() { return this.#count + this.options.retries; }
    async load(url, ...rest) {
      for (const part of rest) {
        if (part?.skip) continue;
        try { await this.fetch(url, part); } catch (e) { if (!/timeout|reset/.test(e.message)) throw e; } finally { this.#count++; }
      }
      return this.total > 10 ? { ok: true, value: this.#count } : { ok: false, error: new Error('none of ' + rest.length) };
    }
  }
  function helper(a, b) {
    switch (typeof a) { case 'number': return a + b; case 'string': return a.concat(b); default: return helper%d ? b : null; }
  }
  exports.helper = helper;
  exports.Base = Base;
  exports.Item%d = Item%d;
});
"""


def bundle(n, separator):
    parts = ["var modules = {}, made = {}; function define(i, f) { modules[i] = f }",
             "function require(i) { if (made[i]) return made[i]; var m = { exports: {} }; made[i] = m.exports; modules[i](m, m.exports, require); return m.exports }",
             "define(0, function (module, exports) { exports.helper = (a, b) => a; exports.Base = class { constructor(n) { this.name = n } } });"]
    parts += [MODULE % (i, i, i - 1 if i % 50 else 0, i, i, i, i) for i in range(1, n)]
    text = "\n".join(parts + [f"var o = require({n - 1}); console.log(o.helper(40, 2), new o.Item{n - 1}('x').total)"])
    if separator != "\n":
        text = "".join(line.strip() + separator for line in text.split("\n"))
    return text + "\n", "42 3"


construct("bundle of modules", 2000)(lambda n: bundle(n, "\n"))
construct("bundle of modules in one line", 2500)(lambda n: bundle(n, " "))
