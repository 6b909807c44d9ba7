// @jsx: react-jsx
const id = <T,>(x: T) => x, id2 = <T extends unknown>(x: T): T => x, id3 = function <T>(x: T) { return x; }; const cmp = 1 < 2, el = <b>{1 < 2 ? "y" : "n"}</b>;
class G<T> { m = <U,>(x: U) => <i>{String(x)}</i>; }
console.log(id(1), id2(2), id3<number>(3), cmp, String(el), String(new G<string>().m(5)));
