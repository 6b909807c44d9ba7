const Dir = { Up: "up", Down: "down" } as const; type Dir = (typeof Dir)[keyof typeof Dir];
const all: Dir[] = Object.values(Dir); let x: Dir = Dir.Up;
console.log(all.join(), x, (Dir as any)["Down"]);
