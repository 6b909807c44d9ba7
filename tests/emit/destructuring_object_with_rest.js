export function f({ a, b: { c = 1 } = {}, ...rest }) { return [a, c, rest]; }
