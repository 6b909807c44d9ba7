enum K { "a-b", "c d" = 5, 'plain', "0x" = 9, ["computed"] = 12, [`tpl`] = 13 }
console.log(JSON.stringify(K), K["a-b"], K["c d"], K.plain, K.computed);
