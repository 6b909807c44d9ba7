import { histogram, slug, words } from "#src/text";

describe("slug", () => {
    test("keeps letters and digits", () => {
        expect(slug("  The C Programming Language, 2nd ed. ")).toBe("the-c-programming-language-2nd-ed");
    });
    test("drops accents", () => {
        expect(slug("Crème Brûlée à la carte")).toEqual("creme-brulee-a-la-carte");
    });
});

describe("words", () => {
    test("are found in any script", () => {
        expect([...words("Don't panic — Не паникуй!")]).toEqual(["Don't", "panic", "Не", "паникуй"]);
    });
    test("come one at a time", () => {
        const each = words("one two");
        expect(each.next()).toEqual({ value: "one", done: false });
        expect(each.return(undefined)).toHaveProperty("done", true);
        expect(each.next().value).toBeUndefined();
    });
});

test("histogram counts words and sorts them", () => {
    const counts = histogram("The cat and the dog and the bird");
    expect(counts).toHaveLength(5);
    expect(counts.slice(0, 2)).toEqual([["the", 3], ["and", 2]]);
    expect(Object.fromEntries(counts)).toMatchObject({ bird: 1, cat: 1 });
    expect(counts).toContainEqual(["dog", expect.any(Number)]);
});
