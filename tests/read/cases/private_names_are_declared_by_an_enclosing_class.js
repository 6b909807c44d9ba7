class A { #a; get #b() {} set #b(v) {} m(o) { return #a in o && o.#b && o?.#c; } #a; }
class C { #d; m() { class D extends this.#d { n() { delete this.#d } } } }
//| private_names_are_declared_by_an_enclosing_class.js:1:76: error: Private field '#c' must be declared in an enclosing class
//|     class A { #a; get #b() {} set #b(v) {} m(o) { return #a in o && o.#b && o?.#c; } #a; }
//|                                                                                ^~
//| private_names_are_declared_by_an_enclosing_class.js:1:82: error: Identifier '#a' has already been declared
//|     class A { #a; get #b() {} set #b(v) {} m(o) { return #a in o && o.#b && o?.#c; } #a; }
//|                                                                                      ^~
//| private_names_are_declared_by_an_enclosing_class.js:2:60: error: Private fields can not be deleted
//|     class C { #d; m() { class D extends this.#d { n() { delete this.#d } } } }
//|                                                                ^~~~~~~
//| (script
//|   (class-decl
//|     (id A)
//|     (class-member field
//|       (private-name "a"))
//|     (class-member getter
//|       (private-name "b")
//|       (function +method +getter +strict +simple length=0))
//|     (class-member setter
//|       (private-name "b")
//|       (function +method +setter +strict +simple length=1
//|         (params
//|           (param
//|             (id v)))))
//|     (class-member method
//|       (str "m")
//|       (function +method +strict +simple length=1
//|         (params
//|           (param
//|             (id o)))
//|         (body
//|           (return
//|             (logical &&
//|               (logical &&
//|                 (private-in a
//|                   (id o))
//|                 (private-member b
//|                   (id o)))
//|               (chain
//|                 (private-member :optional c
//|                   (id o))))))))
//|     (class-member field
//|       (private-name "a")))
//|   (class-decl
//|     (id C)
//|     (class-member field
//|       (private-name "d"))
//|     (class-member method
//|       (str "m")
//|       (function +method +strict +simple +this length=0
//|         (body
//|           (class-decl
//|             (id D)
//|             (private-member d
//|               (this))
//|             (class-member method
//|               (str "n")
//|               (function +method +strict +simple +this length=0
//|                 (body
//|                   (expr
//|                     (unary delete
//|                       (private-member d
//|                         (this)))))))))))))
