// ranges
class A { static async m() {} static n = 1; static { this.x } }
//| (script
//|   (class-decl@10-73
//|     (id@16-17 A)
//|     (class-member@20-39 :static method
//|       (str@33-34 "m")
//|       (function@27-39 +async +method +strict +simple +static length=0))
//|     (class-member@40-53 :static field
//|       (str@47-48 "n")
//|       (num@51-52 1))
//|     (class-member@54-71 :static static-block
//|       (function@61-71 +method +strict +simple +static +this length=0
//|         (body
//|           (expr@63-69
//|             (member@63-69 x
//|               (this@63-67))))))))
