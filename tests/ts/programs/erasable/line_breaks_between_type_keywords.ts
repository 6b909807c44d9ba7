let abstract = 1, declare = 2, type = 3, namespace = 4;
abstract
class K {}
declare
var q: number;
type
Foo = 5
var Foo: any;
namespace
{ console.log("block"); }
let as = 1
as
console.log(typeof K, Foo, q);
