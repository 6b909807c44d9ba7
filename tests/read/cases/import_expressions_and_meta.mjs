import.meta.url; import("a", { with: {} }); import.defer("b");
import defer * as ns from "c"; import source s from "d";
//| (module +strict
//|   (expr
//|     (member url
//|       (import.meta)))
//|   (expr
//|     (import-call
//|       (str "a")
//|       (object
//|         (prop
//|           (str "with")
//|           (object)))))
//|   (expr
//|     (import-call :defer
//|       (str "b")))
//|   (import :defer "c"
//|     (import-spec nil
//|       (id ns)))
//|   (import :source "d"
//|     (import-spec "default"
//|       (id s))))
