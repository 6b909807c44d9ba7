import { a } from "./m"; function f(x = a) { return x; } class K { [a]() { return 1; } static y = a; } type Q = typeof a; switch (1 as any) { case a: } console.log(f(), K.y);
