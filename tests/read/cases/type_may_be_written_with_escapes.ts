import { typ\u0065 A } from "a"; import typ\u{65} B from "b"; import { typ\u0065 } from "c";
//| (module +strict
//|   (import "a"
//|     (import-spec :type-only "A"
//|       (id A)))
//|   (import :type-only "b"
//|     (import-spec "default"
//|       (id B)))
//|   (import "c"
//|     (import-spec "type"
//|       (id type))))
