class C { static = 1; readonly = 2; async = 3; get = 4; set = 5; declare = 6; abstract = 7; private = 8; public() { return 9; } override() { return 10; } accessor = 11; static static = 12; static async async() { return 13; } type = 14; }
const c = new C();
console.log(JSON.stringify(c), c.public(), c.override(), C.static);
C.async().then(console.log);
