// @jsx: react-jsx
const on = true, list = [1, 2], C = (p: any) => null;
console.log(String(<ul>{list.map((n) => <li key={n}>{n}</li>)}</ul>), String(<p>{on ? <b /> : null}{on && "x"}{(() => <i />)()}</p>), String(<C render={(x: any) => <b>{x}</b>} t={`t${1}`} o={{ a: 1 }} f={function named() {}} />), String(<C>{(x: number): number => x}</C>), String(<C a={1 as number} b={list!} {...({ z: 1 } as any)} />));
