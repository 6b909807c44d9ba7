function id<T>(x: T): T { return x; }
const m = new Map<string, Array<Set<number>>>(), inst = id<string>, made = new (class<T> { constructor(readonly v: T) {} })<number>(4);
const arrow = <T,>(x: T) => x, arrow2 = async <T extends object>(x: T): Promise<T> => x, nested = id<Map<string, Array<number>>>(new Map([["a", [1]]]));
console.log(id<number>(1) > 2, m.size, inst("s"), made.v, arrow(5), nested.get("a")![0], id<(a: number) => void>(() => {}).length, id<`a${string}`>("ab"), [id<number>, id].length);
arrow2({ k: 1 }).then((v) => console.log(v.k));
