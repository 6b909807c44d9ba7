// @jsx: react
try { console.log(<div />); } catch (e) { console.log((e as Error).name, (e as Error).message); }
