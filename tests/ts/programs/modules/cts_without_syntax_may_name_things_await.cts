const await = (x: number) => x + 1;
console.log(await(1));
