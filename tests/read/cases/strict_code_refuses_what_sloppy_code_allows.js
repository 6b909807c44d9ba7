function f(a, a) { return 010 }
function g(a, a) { "use strict"; with (a) delete a; "\01"; eval = 1; }
function h(a = 1) { "use strict" }
function public() { "use strict" }
//| strict_code_refuses_what_sloppy_code_allows.js:2:15: error: Duplicate parameter name not allowed in this context
//|     function g(a, a) { "use strict"; with (a) delete a; "\01"; eval = 1; }
//|                   ^
//| strict_code_refuses_what_sloppy_code_allows.js:2:34: error: Strict mode code may not include a with statement
//|     function g(a, a) { "use strict"; with (a) delete a; "\01"; eval = 1; }
//|                                      ^~~~
//| strict_code_refuses_what_sloppy_code_allows.js:2:50: error: Delete of an unqualified identifier in strict mode.
//|     function g(a, a) { "use strict"; with (a) delete a; "\01"; eval = 1; }
//|                                                      ^
//| strict_code_refuses_what_sloppy_code_allows.js:2:54: error: Octal escape sequences are not allowed in strict mode.
//|     function g(a, a) { "use strict"; with (a) delete a; "\01"; eval = 1; }
//|                                                          ^~
//| strict_code_refuses_what_sloppy_code_allows.js:2:60: error: Unexpected eval or arguments in strict mode
//|     function g(a, a) { "use strict"; with (a) delete a; "\01"; eval = 1; }
//|                                                                ^~~~
//| strict_code_refuses_what_sloppy_code_allows.js:3:21: error: Illegal 'use strict' directive in function with non-simple parameter list
//|     function h(a = 1) { "use strict" }
//|                         ^~~~~~~~~~~~
//| strict_code_refuses_what_sloppy_code_allows.js:4:10: error: Unexpected strict mode reserved word
//|     function public() { "use strict" }
//|              ^~~~~~
//| (script +has-with
//|   (function-decl +simple +dup-params length=2
//|     (id f)
//|     (params
//|       (param
//|         (id a))
//|       (param
//|         (id a)))
//|     (body
//|       (return
//|         (num 8))))
//|   (function-decl +strict +simple +use-strict +dup-params +has-with length=2
//|     (id g)
//|     (params
//|       (param
//|         (id a))
//|       (param
//|         (id a)))
//|     (body
//|       (expr :directive
//|         (str "use strict"))
//|       (with
//|         (id a)
//|         (expr
//|           (unary delete
//|             (id a))))
//|       (expr
//|         (str "\x01"))
//|       (expr
//|         (assign =
//|           (id eval)
//|           (num 1)))))
//|   (function-decl +strict +use-strict length=0
//|     (id h)
//|     (params
//|       (param
//|         (id a)
//|         (num 1)))
//|     (body
//|       (expr :directive
//|         (str "use strict"))))
//|   (function-decl +strict +simple +use-strict length=0
//|     (id public)
//|     (body
//|       (expr :directive
//|         (str "use strict")))))
