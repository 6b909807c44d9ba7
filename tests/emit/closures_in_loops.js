const fns = [];
for (let i = 0; i < 3; i++) fns.push(() => i);
for (const x of [1, 2]) fns.push(() => x);
