export const f = (tag, x) => tag`a${x}\n` + `b${x}c`;
