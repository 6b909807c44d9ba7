export const b = "based";
