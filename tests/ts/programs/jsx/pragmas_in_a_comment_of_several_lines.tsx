// @jsx: react
/** @jsx h
 * @jsxFrag F */
const h = (...a: any[]) => JSON.stringify(a), F = "frag"; console.log(<>x<a/></> as any);
