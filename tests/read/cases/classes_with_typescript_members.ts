abstract class A<T> extends B<T> implements C, D {
    constructor(private readonly a: string, public b = 1, c?: number) { super() }
    declare d: string; abstract e(): void; f!: number; readonly g?: string = "h"; static override accessor i = 1;
    j(): void; j(x?: any) {} [k: string]: unknown; private async *l<T>() {}
}
//| (script
//|   (class-decl :abstract
//|     (id A)
//|     (id B)
//|     (class-member constructor
//|       (str "constructor")
//|       (function +method +class-ctor +derived +strict +this +super-call length=1
//|         (params
//|           (param :readonly :access
//|             (id a))
//|           (param :access
//|             (id b)
//|             (num 1))
//|           (param :optional
//|             (id c)))
//|         (body
//|           (expr
//|             (call
//|               (super))))))
//|     (class-member :declare field
//|       (str "d"))
//|     (class-member :definite field
//|       (str "f"))
//|     (class-member :optional :readonly field
//|       (str "g")
//|       (str "h"))
//|     (class-member :static :access accessor
//|       (str "i")
//|       (num 1))
//|     (class-member method
//|       (str "j")
//|       (function +method +strict +simple length=1
//|         (params
//|           (param :optional
//|             (id x)))))
//|     (class-member :access method
//|       (str "l")
//|       (function +async +generator +method +strict +simple length=0))))
