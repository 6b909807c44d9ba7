abstract class A { abstract a(): void; abstract b() {} abstract get c() { return 1 } abstract constructor() {} abstract d = 1; }
//| abstract_members_have_no_body.ts:1:40: error: 'b' cannot have an implementation because it is marked abstract
//|     abstract class A { abstract a(): void; abstract b() {} abstract get c() { return 1 } abstract constructor() {} abstract d = 1; }
//|                                            ^~~~~~~~~~
//| abstract_members_have_no_body.ts:1:56: error: 'c' cannot have an implementation because it is marked abstract
//|     abstract class A { abstract a(): void; abstract b() {} abstract get c() { return 1 } abstract constructor() {} abstract d = 1; }
//|                                                            ^~~~~~~~~~~~~~
//| abstract_members_have_no_body.ts:1:86: error: 'abstract' modifier cannot appear here
//|     abstract class A { abstract a(): void; abstract b() {} abstract get c() { return 1 } abstract constructor() {} abstract d = 1; }
//|                                                                                          ^~~~~~~~~~~~~~~~~~~~
//| (script
//|   (class-decl :abstract
//|     (id A)
//|     (class-member :abstract method
//|       (str "b")
//|       (function +method +strict +simple length=0))
//|     (class-member :abstract getter
//|       (str "c")
//|       (function +method +getter +strict +simple length=0
//|         (body
//|           (return
//|             (num 1)))))
//|     (class-member :abstract constructor
//|       (str "constructor")
//|       (function +method +class-ctor +strict +simple length=0))))
