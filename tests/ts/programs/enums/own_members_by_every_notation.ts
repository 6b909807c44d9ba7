enum E { a = 1, "b c" = a, d = E.a + E["b c"], e = E[`a`] } console.log(JSON.stringify(E));
