const f = (): { a: number; b(): string } => ({ a: 1, b: () => "b" }), g = (x: () => void): (() => void) | undefined => x, h = (): (new () => Date) => Date, i = (x = (y: number): number => y): typeof x => x, j = (a: string | (() => string)): a is string => typeof a === "string";
console.log(f().b(), typeof g(() => {}), new (h())() instanceof Date, i()(3), j("x"));
