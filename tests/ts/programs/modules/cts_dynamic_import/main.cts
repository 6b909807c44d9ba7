const p = import("./m.mjs"), q = import("./c.cjs"); Promise.all([p, q]).then(([m, c]) => console.log(m.v, m.default, (c as any).w ?? (c as any).default.w)); export {};
