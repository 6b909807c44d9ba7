module Old { export const a = 1; }
module Old.Inner { export const b = a + 1; }
console.log(JSON.stringify(Old));
