enum F { A = 0, B = A ? 1 : 2, C = !A as any, D = +"5" as any, E = -"5" as any, G = ~"5" as any, H = "a" as any - 1 } console.log(JSON.stringify(F));
