import { Currency, Money, sum } from "#src/money";

describe("Money", () => {
    test.each([
        ["€0.07", 7, Currency.EUR],
        ["$12", 1200, Currency.USD],
        ["€1,234,567.89", 123456789, Currency.EUR],
    ])("reads %s", (text, cents, currency) => {
        const amount = Money.parse(text);
        expect(amount.cents).toBe(cents);
        expect(amount.currency).toBe(currency);
    });

    test.each(["", "12", "€1.2", "£3", "€1,23"])("refuses %j", (text) => {
        expect(() => Money.parse(text)).toThrow(SyntaxError);
        expect(() => Money.parse(text)).toThrow(`not an amount: ${JSON.stringify(text)}`);
    });

    test("prints what it reads", () => {
        for (const text of ["€0.07", "$12.00", "€1,234,567.89"]) expect(`${Money.parse(text)}`).toBe(text);
        expect(String(new Money(-5))).toBe("-€0.05");
    });

    test("splits without losing a cent", () => {
        const parts = new Money(1000).split(3);
        expect(parts.map((part) => part.cents)).toEqual([334, 333, 333]);
        expect(sum(parts).cents).toBe(1000);
        expect(new Money(-5).split(2).map((part) => part.cents)).toStrictEqual([-3, -2]);
    });

    test("does not add up two currencies", () => {
        expect(() => new Money(1).plus(new Money(1, Currency.USD))).toThrow(/EUR and USD/);
    });

    test("is whole", () => {
        expect(() => new Money(0.1 + 0.2)).toThrow(new RangeError("not a whole number of cents: 0.30000000000000004"));
        expect(0.1 + 0.2).toBeCloseTo(0.3);
    });

    test("becomes JSON", () => {
        expect(JSON.stringify({ due: new Money(5) })).toBe('{"due":{"cents":5,"currency":"EUR"}}');
    });
});
