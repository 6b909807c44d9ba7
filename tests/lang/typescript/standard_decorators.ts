// SPDX-License-Identifier: MIT
const log: string[] = [];
function logged(value: any, context: { kind: string; name: string | symbol }) {
    log.push(`${context.kind} ${String(context.name)}`);
    if (context.kind === 'method') return function (this: any, ...args: any[]) { return 'wrapped ' + value.apply(this, args); };
}
@logged
class D {
    @logged m(x: number) {
        return x;
    }
}
console.log(new D().m(1), log.join());

// => wrapped 1 method m,class D
