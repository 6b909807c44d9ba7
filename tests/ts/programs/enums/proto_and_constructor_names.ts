enum E { constructor = 1, toString = 2, valueOf = 3, hasOwnProperty = 4 }
console.log(E.constructor, E.toString as any, Object.keys(E).join());
