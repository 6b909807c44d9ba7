function a(b, c = 1, ...d) { return () => [this, arguments, new.target]; }
function e() { eval("1"); function f() {} }
function g() { return function () { eval("2") } }
o = { m() { super.x }, get n() { return 1 }, *p() { yield } };
//| (script +inner-eval
//|   (function-decl +this +arguments +new-target length=1
//|     (id a)
//|     (params
//|       (param
//|         (id b))
//|       (param
//|         (id c)
//|         (num 1))
//|       (param :rest
//|         (id d)))
//|     (body
//|       (return
//|         (arrow +arrow +simple +expr-body +this +arguments +new-target length=0
//|           (body
//|             (return
//|               (array
//|                 (this)
//|                 (id arguments)
//|                 (new.target))))))))
//|   (function-decl +simple +this +arguments +new-target +direct-eval +inner-eval length=0
//|     (id e)
//|     (body
//|       (expr
//|         (call :direct-eval
//|           (id eval)
//|           (str "1")))
//|       (function-decl +simple length=0
//|         (id f))))
//|   (function-decl +simple +inner-eval length=0
//|     (id g)
//|     (body
//|       (return
//|         (function +simple +this +arguments +new-target +direct-eval +inner-eval length=0
//|           (body
//|             (expr
//|               (call :direct-eval
//|                 (id eval)
//|                 (str "2"))))))))
//|   (expr
//|     (assign =
//|       (id o)
//|       (object
//|         (prop method
//|           (str "m")
//|           (function +method +simple +this +super-property length=0
//|             (body
//|               (expr
//|                 (member x
//|                   (super))))))
//|         (prop getter
//|           (str "n")
//|           (function +method +getter +simple length=0
//|             (body
//|               (return
//|                 (num 1)))))
//|         (prop method
//|           (str "p")
//|           (function +generator +method +simple +has-yield length=0
//|             (body
//|               (expr
//|                 (yield)))))))))
