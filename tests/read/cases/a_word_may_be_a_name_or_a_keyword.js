// goal: script
var yield_ = yield, await = 1, async, of, get, set, static;
let
let_ = 1;
for (of of of) ;
async
function f() {}
label: for (;;) { continue label; }
({ get, set, async, await, get get() {}, async *async() {}, static: 1 });
//| (script
//|   (var var
//|     (declarator
//|       (id yield_)
//|       (id yield))
//|     (declarator
//|       (id await)
//|       (num 1))
//|     (declarator
//|       (id async))
//|     (declarator
//|       (id of))
//|     (declarator
//|       (id get))
//|     (declarator
//|       (id set))
//|     (declarator
//|       (id static)))
//|   (var let
//|     (declarator
//|       (id let_)
//|       (num 1)))
//|   (for-of
//|     (id of)
//|     (id of)
//|     (empty))
//|   (expr
//|     (id async))
//|   (function-decl +simple length=0
//|     (id f))
//|   (label "label"
//|     (for
//|       nil
//|       nil
//|       nil
//|       (block
//|         (continue "label" ->for))))
//|   (expr
//|     (object :paren
//|       (prop :shorthand
//|         (str "get")
//|         (id get))
//|       (prop :shorthand
//|         (str "set")
//|         (id set))
//|       (prop :shorthand
//|         (str "async")
//|         (id async))
//|       (prop :shorthand
//|         (str "await")
//|         (id await))
//|       (prop getter
//|         (str "get")
//|         (function +method +getter +simple length=0))
//|       (prop method
//|         (str "async")
//|         (function +async +generator +method +simple length=0))
//|       (prop
//|         (str "static")
//|         (num 1)))))
