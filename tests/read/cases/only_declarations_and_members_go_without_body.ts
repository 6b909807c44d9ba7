function a(): void
function a() {}
class C { b(): void; b() {} }
x = function c()
y = { d(); }
z = { get e(): number, async f() };
//| only_declarations_and_members_go_without_body.ts:4:17: error: '{' expected
//|     x = function c()
//|                     ^
//| only_declarations_and_members_go_without_body.ts:5:11: error: '{' expected
//|     y = { d(); }
//|               ^
//| only_declarations_and_members_go_without_body.ts:6:22: error: Unexpected token ','
//|     z = { get e(): number, async f() };
//|                          ^
//| only_declarations_and_members_go_without_body.ts:6:35: error: Unexpected token ';'
//|     z = { get e(): number, async f() };
//|                                       ^
//| (script
//|   (empty :declare)
//|   (function-decl +simple length=0
//|     (id a))
//|   (class-decl
//|     (id C)
//|     (class-member method
//|       (str "b")
//|       (function +method +strict +simple length=0)))
//|   (expr
//|     (assign =
//|       (id x)
//|       (function +simple +no-body length=0
//|         (id c))))
//|   (expr
//|     (assign =
//|       (id y)
//|       (object
//|         (prop method
//|           (str "d")
//|           (function +method +simple +no-body length=0)))))
//|   (expr
//|     (assign =
//|       (id z)
//|       (object
//|         (prop getter
//|           (str "e")
//|           (function +method +getter +simple length=0))))))
