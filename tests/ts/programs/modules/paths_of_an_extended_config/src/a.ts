export const a = "a of src";
