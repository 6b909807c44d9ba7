namespace A { export const x = 1; export default x; }
namespace B { export { x }; export * from "m"; import y from "m"; import z = A.x; }
declare namespace C { const x: 1; export { x }; }
//| namespaces_hold_declarations_only.ts:1:35: error: Export declarations are not permitted in a namespace
//|     namespace A { export const x = 1; export default x; }
//|                                       ^~~~~~
//| namespaces_hold_declarations_only.ts:2:15: error: Export declarations are not permitted in a namespace
//|     namespace B { export { x }; export * from "m"; import y from "m"; import z = A.x; }
//|                   ^~~~~~
//| namespaces_hold_declarations_only.ts:2:29: error: Export declarations are not permitted in a namespace
//|     namespace B { export { x }; export * from "m"; import y from "m"; import z = A.x; }
//|                                 ^~~~~~
//| namespaces_hold_declarations_only.ts:2:48: error: Import declarations are not permitted in a namespace
//|     namespace B { export { x }; export * from "m"; import y from "m"; import z = A.x; }
//|                                                    ^~~~~~
//| (script
//|   (namespace
//|     (id A)
//|     (export-decl
//|       (var const
//|         (declarator
//|           (id x)
//|           (num 1))))
//|     (export-default
//|       (id x)))
//|   (namespace
//|     (id B)
//|     (export-named nil
//|       (export-spec "x"
//|         (id x)))
//|     (export-all nil "m")
//|     (import "m"
//|       (import-spec "default"
//|         (id y)))
//|     (import-equals
//|       (id z)
//|       (member x
//|         (id A))))
//|   (empty))
