import { E } from "./m"; import type { E as TE } from "./m"; namespace N { export import F = E; } enum G { A = E.A, B } const t: TE = E.A; console.log(N.F.A, G.A, G.B, t);
