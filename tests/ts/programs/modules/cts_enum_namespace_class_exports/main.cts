import * as m from "./m.cjs";
console.log(JSON.stringify(m.E), JSON.stringify(m.N), new m.K().v, m.E === (m as any).F, Object.keys(m).sort().join(), m.fn());
