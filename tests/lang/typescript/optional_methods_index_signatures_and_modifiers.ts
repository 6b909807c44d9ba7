// SPDX-License-Identifier: MIT
class C {
    [key: string]: unknown;
    static readonly s = 1;
    private static p? = 2;
    public readonly r: number = 3;
    override?: string;
    protected async am?(): Promise<void>;
    get g(): number {
        return C.p!;
    }
}
const c = new C();
console.log(C.s, c.g, c.r, 'override' in c, Object.keys(c).join());

// => 1 2 3 true r,override
