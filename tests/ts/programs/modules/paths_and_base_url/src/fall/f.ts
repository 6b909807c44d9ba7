export const f = "fallback";
