export const a = "a of app";
