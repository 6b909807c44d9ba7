export const x = "tsx";
