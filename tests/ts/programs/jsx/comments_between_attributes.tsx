// @jsx: react-jsx
const el = <div /* c1 */ a="1" // c2
    b={/* c3 */ 2 /* c4 */}
    /* c5 */ >x</div /* c6 */>;
console.log(String(el), String(<
    b
    >y</
    b>));
