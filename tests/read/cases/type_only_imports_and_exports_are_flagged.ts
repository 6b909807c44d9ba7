import type A, { type B } from "a"; import { type C, type as, type as as D, type E as F } from "b"; import type from "c";
export type { A }; export { type C, as }; export type * from "d"; import type G = require("g");
//| (module +strict
//|   (import :type-only "a"
//|     (import-spec "default"
//|       (id A))
//|     (import-spec :type-only "B"
//|       (id B)))
//|   (import "b"
//|     (import-spec :type-only "C"
//|       (id C))
//|     (import-spec :type-only "as"
//|       (id as))
//|     (import-spec :type-only "as"
//|       (id D))
//|     (import-spec :type-only "E"
//|       (id F)))
//|   (import "c"
//|     (import-spec "default"
//|       (id type)))
//|   (export-named :type-only nil
//|     (export-spec "A"
//|       (id A)))
//|   (export-named nil
//|     (export-spec :type-only "C"
//|       (id C))
//|     (export-spec "as"
//|       (id as)))
//|   (export-all :type-only nil "d")
//|   (empty :type-only))
