class A {
    get(k) { return super[k]; }
    set(k) { super[k] = 1; }
}
Object.setPrototypeOf(A.prototype, null);
const a = new A();
for (const k of ["name", "7", 7, -1, 1.5, Symbol("s"), null, undefined, true]) {
    for (const f of ["get", "set"]) {
        try {
            a[f](k);
        } catch (e) {
            console.log(e instanceof TypeError, e.message);
        }
    }
}
// => true Cannot read properties of null (reading 'name')
// => true Cannot set properties of null (setting 'name')
// => true Cannot read properties of null (reading '7')
// => true Cannot set properties of null (setting '7')
// => true Cannot read properties of null (reading '7')
// => true Cannot set properties of null (setting '7')
// => true Cannot read properties of null (reading '-1')
// => true Cannot set properties of null (setting '-1')
// => true Cannot read properties of null (reading '1.5')
// => true Cannot set properties of null (setting '1.5')
// => true Cannot read properties of null (reading 'Symbol(s)')
// => true Cannot set properties of null (setting 'Symbol(s)')
// => true Cannot read properties of null (reading 'null')
// => true Cannot set properties of null (setting 'null')
// => true Cannot read properties of null (reading 'undefined')
// => true Cannot set properties of null (setting 'undefined')
// => true Cannot read properties of null (reading 'true')
// => true Cannot set properties of null (setting 'true')
