export const f = () => typeof unknown === "undefined";
