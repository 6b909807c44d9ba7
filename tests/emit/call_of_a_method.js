export const f = (o, k, ...rest) => [o.m(1), o[k](2), o?.m?.(3), o.m(...rest)];
