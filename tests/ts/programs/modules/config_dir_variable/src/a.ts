export const a = "from the project's own src";
