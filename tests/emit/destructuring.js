export const f = ({ a, b: [c = 1, ...d], ...rest }) => [a, c, d, rest];
