namespace N { export const a = 1; }
namespace N { const a = 2; export const b = a; }
namespace N { export const c = a; }
console.log(JSON.stringify(N));
