// SPDX-License-Identifier: MIT
for (const load of [() => import('./missing.mjs'), () => import('./ambiguous.mjs'), () => import('./missing_reexport.mjs')])
    await load().catch(e => console.log(e.name, e.message));
// => SyntaxError The requested module './one.mjs' does not provide an export named 'nothing'
// => SyntaxError The requested module './both.mjs' contains conflicting star exports for name 'value'
// => SyntaxError The requested module './one.mjs' does not provide an export named 'nothing'
