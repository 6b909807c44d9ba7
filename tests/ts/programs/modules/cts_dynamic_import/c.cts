export const w = "cts";
