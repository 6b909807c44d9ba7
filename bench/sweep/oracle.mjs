// SPDX-License-Identifier: MIT
//
// What TypeScript and Node say of source files: paths on standard input, a line of JSON each on standard output:
// {path, errors: ["12: TS1005 ';' expected." or "12: SyntaxError: …"]}, 12 being the line (0: not known). Accepted: an empty list.
// TypeScript files (modules, but for .cts): syntax errors, and of the checker's errors those about grammar and declarations, without
// libraries or imports; a file without any goes to Node as what TypeScript makes of it.
// JavaScript: Node, as CommonJS and as a module where the extension leaves it open; with JSX, what TypeScript makes of it goes to Node; what
// Node takes is shown to TypeScript.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { createRequire } from 'node:module';

const ts = createRequire(path.join(process.env.PEERS || process.cwd(), '/'))('typescript');
const configs = new Map();

// compilerOptions of the nearest tsconfig.json: decorators and JSX differ by it.
function configOf(directory) {
    if (configs.has(directory)) return configs.get(directory);
    let options = {};
    const file = path.join(directory, 'tsconfig.json');
    if (fs.existsSync(file)) {
        const read = ts.readConfigFile(file, ts.sys.readFile);
        if (read.error) throw say(read.error);
        const host = { ...ts.sys, useCaseSensitiveFileNames: true, readDirectory: () => [] };
        options = ts.parseJsonConfigFileContent(read.config || {}, host, directory).options;
    } else if (path.dirname(directory) !== directory) options = configOf(path.dirname(directory));
    configs.set(directory, options);
    return options;
}

// Of the checker's own: redeclarations, invalid targets, constructors, private names; the rest is types.
const early = new Set([2300, 2323, 2357, 2364, 2369, 2391, 2392, 2393, 2395, 2406, 2440, 2451, 2452, 2480, 2481, 2487, 2492, 2499, 2500, 2528, 2566, 2567,
    2657, 2669, 2670, 2737, 2777, 2779]);
const isGrammar = code => code < 2000 || code >= 17000 && code < 18000 || code >= 18000 && code < 19000 || early.has(code);
// Errors about options, targets and modules that are not there.
const isSetting = new Set([1148, 1192, 1202, 1203, 1208, 1219, 1259, 1261, 1286, 1287, 1293, 1294, 1295, 1323, 1324, 1343, 1378, 1432, 1470, 1471, 1479,
    1484, 1485, 1205, 1371, 1448, 1449, 1541, 1542, 1543, 1360, 18033, 18046, 18047, 18048, 18049, 18050, 17004, 1375, 1431, 1149, 1287]);
const lineOf = d => d.file ? d.file.getLineAndCharacterOfPosition(d.start).line + 1 : 0;
const say = d => `${lineOf(d)}: TS${d.code} ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`;

function typescript(file, text) {
    let config;
    try { config = configOf(path.dirname(file)); } catch (said) { return [`tsconfig.json: ${said}`]; }
    const { experimentalDecorators, emitDecoratorMetadata } = config;
    const options = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, noLib: true, noResolve: true, types: [],
        moduleDetection: /\.(cts|c?js)$/.test(file) ? ts.ModuleDetectionKind.Auto : ts.ModuleDetectionKind.Force,
        allowJs: true, checkJs: true, jsx: ts.JsxEmit.Preserve, experimentalDecorators, emitDecoratorMetadata, allowUnreachableCode: true, allowUnusedLabels: true };
    const source = ts.createSourceFile(file, text, { languageVersion: ts.ScriptTarget.ESNext, setExternalModuleIndicator: ts.getSetExternalModuleIndicator(options) }, true);
    const host = { getSourceFile: name => name === file ? source : undefined, fileExists: name => name === file, readFile: () => undefined,
        getDefaultLibFileName: () => 'lib.d.ts', writeFile() {}, getCurrentDirectory: () => '/', getCanonicalFileName: n => n,
        useCaseSensitiveFileNames: () => true, getNewLine: () => '\n', getDirectories: () => [] };
    const program = ts.createProgram([file], options, host);
    const found = program.getSyntacticDiagnostics(source).map(say);
    if (found.length) return found;
    let checked = [];
    try { checked = program.getSemanticDiagnostics(source); } catch { /* the checker stumbles over missing libraries: syntax alone */ }
    return checked.filter(d => isGrammar(d.code) && !isSetting.has(d.code)).map(say);
}

const withoutLine = error => error.replace(/^\d+/, '0');

// JavaScript, or why there is none.
function emitted(file, text, more) {
    const made = ts.transpileModule(text, { fileName: file, reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ESNext,
        module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.React, allowJs: true, verbatimModuleSyntax: true, ...more } });
    const errors = made.diagnostics.filter(d => d.category === ts.DiagnosticCategory.Error && !isSetting.has(d.code)).map(say);
    return { text: made.outputText, errors };
}

function node(file, text) {
    if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    const body = text.replace(/^#!.*/, '');
    const ways = [];
    if (!/\.mjs$/.test(file)) ways.push(() => vm.compileFunction(body, ['exports', 'require', 'module', '__filename', '__dirname'], { filename: 'x.js' }));
    if (!/\.cjs$/.test(file)) ways.push(() => new vm.SourceTextModule(text, { identifier: 'x.js' }));
    const errors = [];
    for (const way of ways) {
        try { way(); return []; } catch (e) { errors.push(`${/^x\.js:(\d+)/.exec(e.stack)?.[1] ?? 0}: ${e.name}: ${e.message}`); }
    }
    return errors;
}

// JSX is not Node's: what TypeScript makes of the file, if it has no complaint, is.
function javascript(file, text) {
    const errors = node(file, text);
    if (!errors.length) return typescript(file, text);
    const made = emitted(file.replace(/\.[cm]?jsx?$/, '.jsx'), text);
    if (made.errors.length || !/<[A-Za-z>]/.test(text)) return [...errors, ...made.errors];
    const left = node(file, made.text).map(withoutLine);
    return left.length ? left : typescript(file, text);
}

function typescriptThenNode(file, text) {
    const errors = typescript(file, text);
    if (errors.length) return errors;
    const { experimentalDecorators } = configOf(path.dirname(file));
    const made = emitted(file, text, { target: ts.ScriptTarget.ES2022, experimentalDecorators }).text;
    return node(/\.cts$/.test(file) ? 'x.cjs' : 'x.mjs', made).map(withoutLine); // lines of what was emitted
}

const paths = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean);
for (const file of paths) {
    const text = fs.readFileSync(file, 'utf8');
    let errors;
    try { errors = /\.[cm]?tsx?$/.test(file) ? typescriptThenNode(file, text) : javascript(file, text); } catch (e) { errors = [`oracle: ${e.message}`]; }
    process.stdout.write(JSON.stringify({ path: file, errors: errors.slice(0, 20) }) + '\n');
}
