@a @b.c(1) export class A { @d e = 1; @f static accessor g = 2; @(h()) async *i() {} @j get k() {} }
x = @l class {};
//| (module +strict
//|   (export-decl
//|     (class-decl
//|       (id A)
//|       (decorators
//|         (id a)
//|         (call
//|           (member c
//|             (id b))
//|           (num 1)))
//|       (class-member field
//|         (decorators
//|           (id d))
//|         (str "e")
//|         (num 1))
//|       (class-member :static accessor
//|         (decorators
//|           (id f))
//|         (str "g")
//|         (num 2))
//|       (class-member method
//|         (decorators
//|           (call :paren
//|             (id h)))
//|         (str "i")
//|         (function +async +generator +method +strict +simple length=0))
//|       (class-member getter
//|         (decorators
//|           (id j))
//|         (str "k")
//|         (function +method +getter +strict +simple length=0))))
//|   (expr
//|     (assign =
//|       (id x)
//|       (class
//|         (decorators
//|           (id l))))))
