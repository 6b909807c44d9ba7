// SPDX-License-Identifier: MIT
// What TypeScript and Node say of the programs that run.py has laid out below a folder: every source file goes through transpileModule
// with the options of its tsconfig.json, specifiers that TypeScript resolves to a source file are pointed at what became of it (Node knows
// neither paths nor missing extensions), and node runs the main file.
//
//     node oracle.mjs TYPESCRIPT FOLDER JOBS        TYPESCRIPT: the package's folder
//
// Prints JSON: [["area/name", "output", null or what went wrong], …].
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [typescript, folder, jobs] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(path.resolve(typescript));
const source = /(?<!\.d)\.([mc]?)tsx?$/;

function filesBelow(directory) {
    return fs.readdirSync(directory, { withFileTypes: true }).flatMap((e) =>
        e.isDirectory() ? filesBelow(path.join(directory, e.name)) : [path.join(directory, e.name)]);
}

const outputOf = (file) => file.replace(source, ".$1js").replace(folder, folder + ".js");

// The options that hold for a file: of the nearest tsconfig.json, or of the project it references that has the file.
const configs = new Map();
function optionsAt(directory) {
    if (!configs.has(directory)) {
        const file = path.join(directory, "tsconfig.json");
        if (!fs.existsSync(file)) configs.set(directory, optionsAt(path.dirname(directory)));
        else configs.set(directory, readConfig(file));
    }
    return configs.get(directory);
}

function readConfig(file) {
    const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
    if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, " "));
    return ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(file), undefined, file);
}

function optionsOf(file) {
    const own = optionsAt(path.dirname(file));
    for (const reference of own.projectReferences ?? []) {
        const referenced = readConfig(ts.resolveProjectReferencePath(reference));
        if (referenced.fileNames.map((f) => path.resolve(f)).includes(file)) return referenced.options;
    }
    return own.options;
}

// [start, end, specifier] of every module specifier in emitted JavaScript.
function specifiers(js) {
    const found = [];
    const add = (n) => n && ts.isStringLiteral(n) && found.push([n.getStart(), n.end, n.text]);
    (function visit(n) {
        if (ts.isImportDeclaration(n) || ts.isExportDeclaration(n)) add(n.moduleSpecifier);
        if (ts.isCallExpression(n) && (n.expression.kind === ts.SyntaxKind.ImportKeyword || n.expression.getText() === "require")) add(n.arguments[0]);
        ts.forEachChild(n, visit);
    })(js);
    return found;
}

function point(text, file, options) {
    const js = ts.createSourceFile("x.js", text, ts.ScriptTarget.ESNext, true);
    for (const [start, end, name] of specifiers(js).reverse()) {
        const at = ts.resolveModuleName(name, file, options, ts.sys).resolvedModule?.resolvedFileName;
        if (!at || !source.test(at) || at.includes("node_modules")) continue;
        let relative = path.relative(path.dirname(file), path.resolve(at)).replace(source, ".$1js");
        if (!relative.startsWith(".")) relative = "./" + relative;
        text = text.slice(0, start) + JSON.stringify(relative) + text.slice(end);
    }
    return text;
}

function transpile(file) {
    const options = optionsOf(file);
    const out = ts.transpileModule(fs.readFileSync(file, "utf8"), { compilerOptions: options, fileName: file, reportDiagnostics: true });
    const text = point(out.outputText, file, options);
    fs.mkdirSync(path.dirname(outputOf(file)), { recursive: true });
    fs.writeFileSync(outputOf(file), text);
    return out.diagnostics.filter((d) => d.file).map((d) => ts.flattenDiagnosticMessageText(d.messageText, " "));
}

function prepare(directory) {
    const faults = [];
    let main;
    for (const file of filesBelow(directory)) {
        if (source.test(file)) faults.push(...transpile(file));
        else if (!file.endsWith("tsconfig.json")) {
            fs.mkdirSync(path.dirname(outputOf(file)), { recursive: true });
            fs.copyFileSync(file, outputOf(file));
        }
        if (path.dirname(file) === directory && path.basename(file).startsWith("main.") && source.test(file)) main = file;
    }
    const own = path.join(path.dirname(outputOf(main)), "package.json");
    if (optionsOf(main).module === ts.ModuleKind.CommonJS && !fs.existsSync(own)) fs.writeFileSync(own, '{"type":"commonjs"}');
    return { main: outputOf(main), faults };
}

function run(main) {
    return new Promise((resolve) => {
        const child = spawn("node", ["--no-warnings", main], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, TZ: "UTC", NO_COLOR: "1" } });
        let out = "", err = "";
        child.stdout.on("data", (d) => (out += d));
        child.stderr.on("data", (d) => (err += d));
        child.on("close", (code) => resolve([out && !out.endsWith("\n") ? out + "\n" : out, code === 0 ? null : err.split("\n").find((l) => /Error|:/.test(l) && !/^(file|node):/.test(l)) ?? err]));
    });
}

fs.mkdirSync(folder + ".js", { recursive: true });
fs.writeFileSync(folder + ".js/package.json", '{"type":"module"}');
fs.cpSync(folder + "/node_modules", folder + ".js/node_modules", { recursive: true });
const programs = fs.readdirSync(folder).filter((a) => a !== "node_modules").flatMap((area) =>
    fs.readdirSync(path.join(folder, area)).map((name) => [area + "/" + name, path.join(folder, area, name)]));
const results = [];
let next = 0;
async function work() {
    while (next < programs.length) {
        const [name, directory] = programs[next++];
        try {
            const { main, faults } = prepare(directory);
            const [out, fault] = await run(main);
            results.push([name, out, faults[0] ? "TypeScript: " + faults[0] : fault]);
        } catch (e) {
            results.push([name, "", String(e)]);
        }
    }
}
await Promise.all(Array.from({ length: Number(jobs) }, work));
console.log(JSON.stringify(results));
fs.rmSync(folder + ".js", { recursive: true });
