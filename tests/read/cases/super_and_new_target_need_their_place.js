class A extends B { constructor() { super(); () => super.x; new.target; } m() { super() } }
function f() { super.x }
({ m() { super.x } });
//| super_and_new_target_need_their_place.js:1:81: error: 'super' keyword unexpected here
//|     class A extends B { constructor() { super(); () => super.x; new.target; } m() { super() } }
//|                                                                                     ^~~~~
//| super_and_new_target_need_their_place.js:2:16: error: 'super' keyword unexpected here
//|     function f() { super.x }
//|                    ^~~~~
//| (script
//|   (class-decl
//|     (id A)
//|     (id B)
//|     (class-member constructor
//|       (str "constructor")
//|       (function +method +class-ctor +derived +strict +simple +this +super-property +super-call +new-target length=0
//|         (body
//|           (expr
//|             (call
//|               (super)))
//|           (expr
//|             (arrow +arrow +strict +simple +expr-body +this +super-property length=0
//|               (body
//|                 (return
//|                   (member x
//|                     (super))))))
//|           (expr
//|             (new.target)))))
//|     (class-member method
//|       (str "m")
//|       (function +method +strict +simple +this +super-call length=0
//|         (body
//|           (expr
//|             (super))))))
//|   (function-decl +simple +this +super-property length=0
//|     (id f)
//|     (body
//|       (expr
//|         (super))))
//|   (expr
//|     (object :paren
//|       (prop method
//|         (str "m")
//|         (function +method +simple +this +super-property length=0
//|           (body
//|             (expr
//|               (member x
//|                 (super)))))))))
