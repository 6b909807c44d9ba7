export const n = 1; let c = 0; export const next = () => ++c;
