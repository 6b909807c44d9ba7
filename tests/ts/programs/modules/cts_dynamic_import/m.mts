export const v = "mts"; export default import.meta.url.startsWith("file:");
