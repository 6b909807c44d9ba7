const enum A { B, C = 1 << 2, "D-E" = B | C } declare enum F { G }
namespace H.I { export const j = 1; export type K = 1 } namespace L { interface M {} }
import N = require("n"); import O = P.Q; export import R = S.T; export = U;
//| (script
//|   (enum :const
//|     (id A)
//|     (enum-member
//|       (str "B")
//|       nil)
//|     (enum-member
//|       (str "C")
//|       (binary <<
//|         (num 1)
//|         (num 2)))
//|     (enum-member
//|       (str "D-E")
//|       (binary |
//|         (id B)
//|         (id C))))
//|   (empty :declare)
//|   (namespace
//|     (id H)
//|     (export-decl
//|       (namespace
//|         (id I)
//|         (export-decl
//|           (var const
//|             (declarator
//|               (id j)
//|               (num 1))))
//|         (empty))))
//|   (empty)
//|   (import-equals
//|     (id N) "n")
//|   (import-equals
//|     (id O)
//|     (member Q
//|       (id P)))
//|   (export-decl
//|     (import-equals
//|       (id R)
//|       (member T
//|         (id S))))
//|   (export-assign
//|     (id U)))
