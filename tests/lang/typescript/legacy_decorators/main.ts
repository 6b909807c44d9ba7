// SPDX-License-Identifier: MIT
const log: string[] = [];
function d(n: string) { log.push('eval ' + n); return (...a: any[]) => { log.push(n + ' ' + a.map(x => typeof x === 'function' ? 'fn' : typeof x === 'object' ? (x && 'value' in x ? 'desc' : 'obj') : String(x)).join()); } }
function repl(t: any, k: string, desc: PropertyDescriptor) { const f = desc.value; desc.value = function (...a: any[]) { return f.apply(this, a) + 1 } }
@d('c1') @d('c2') class A {
  @d('f') x = 1;
  @d('m') m(@d('p0') a: number, @d('p1') b?: number) { return 1 }
  @d('sm') static sm() {}
  @d('sf') static sf = 2;
  @d('g') get g() { return 1 }
  @repl r() { return 5 }
  constructor(@d('cp') z?: number) {}
}
const sealed = (c: any) => class extends c { extra = 1 } as any;
@sealed class B { self() { return B } }
console.log(log.join('\n'), new A().r(), (new B() as any).extra, new B().self() === B);

// => eval f
// => f obj,x,undefined
// => eval m
// => eval p0
// => eval p1
// => p1 obj,m,1
// => p0 obj,m,0
// => m obj,m,desc
// => eval g
// => g obj,g,obj
// => eval sm
// => sm fn,sm,desc
// => eval sf
// => sf fn,sf,undefined
// => eval c1
// => eval c2
// => eval cp
// => cp fn,undefined,0
// => c2 fn
// => c1 fn 6 1 true
