import { who } from "./m.cjs"; import * as m from "./m.cjs"; console.log(who(), m.who(), (0, m.who)(), who`x`);
