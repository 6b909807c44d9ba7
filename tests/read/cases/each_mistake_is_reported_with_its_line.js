let = 1 2;
f(a b);
class A { constructor() {} constructor() {} }
if (x) { break; }
({ a = 1 });
"use strict"; let ok = 1;
//| each_mistake_is_reported_with_its_line.js:1:9: error: Unexpected number
//|     let = 1 2;
//|             ^
//| each_mistake_is_reported_with_its_line.js:2:5: error: missing ) after argument list
//|     f(a b);
//|         ^
//| each_mistake_is_reported_with_its_line.js:3:28: error: A class may only have one constructor
//|     class A { constructor() {} constructor() {} }
//|                                ^~~~~~~~~~~
//| each_mistake_is_reported_with_its_line.js:4:10: error: Illegal break statement
//|     if (x) { break; }
//|              ^~~~~
//| each_mistake_is_reported_with_its_line.js:5:6: error: Invalid shorthand property initializer
//|     ({ a = 1 });
//|          ^
//| (script
//|   (expr
//|     (assign =
//|       (id let)
//|       (num 1)))
//|   (expr
//|     (call
//|       (id f)
//|       (id a)))
//|   (class-decl
//|     (id A)
//|     (class-member constructor
//|       (str "constructor")
//|       (function +method +class-ctor +strict +simple length=0))
//|     (class-member constructor
//|       (str "constructor")
//|       (function +method +class-ctor +strict +simple length=0)))
//|   (if
//|     (id x)
//|     (block
//|       (break)))
//|   (expr
//|     (object :paren
//|       (prop :shorthand
//|         (str "a")
//|         (default
//|           (id a)
//|           (num 1)))))
//|   (expr
//|     (str "use strict"))
//|   (var let
//|     (declarator
//|       (id ok)
//|       (num 1))))
