export const f = (o, k) => [o.a++, --o[k], (o.b += 2)];
