test("adds", () => {
    const sum: number = 1 + 2;
    expect(sum).toBe(3);
    expect([sum]).not.toEqual([4]);
});
