enum E { "__proto__" = 1, b = 2 } console.log(Object.keys(E).join(), Object.getPrototypeOf(E) === Object.prototype);
