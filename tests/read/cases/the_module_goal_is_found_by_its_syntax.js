with_ = 1;
import a, { b as c, "d e" as f } from "m" with { type: "json" };
export * as g from "n";
export { c as default, a as "x y" };
await a;
//| (module +async +strict +has-await
//|   (expr
//|     (assign =
//|       (id with_)
//|       (num 1)))
//|   (import "m"
//|     (import-spec "default"
//|       (id a))
//|     (import-spec "b"
//|       (id c))
//|     (import-spec "d e"
//|       (id f))
//|     (with
//|       (import-attr "type" "json")))
//|   (export-all "g" "n")
//|   (export-named nil
//|     (export-spec "default"
//|       (id c))
//|     (export-spec "x y"
//|       (id a)))
//|   (expr
//|     (await
//|       (id a))))
