const log: string[] = []; const res = (n: string) => ({ async [Symbol.asyncDispose]() { await null; log.push("a" + n); } }), sync = (n: string) => ({ [Symbol.dispose]() { log.push("s" + n); } });
async function f() { await using a = res("1"), b = sync("2"); using c = sync("3"); log.push("body"); return "r"; }
console.log(await f(), log.join());
{ await using d = res("4"); log.push("block"); }
for (await using e of [res("5"), null]) log.push("it");
for await (using g of [sync("6")]) log.push("it2");
console.log(log.join());
