import { type Listener, Stock } from "#src/stock";

let stock: Stock;

beforeEach(() => {
    stock = new Stock();
    stock.add("Crème Brûlée", "€4.50", 3);
    stock.add("Tea", "€2.00");
});

test("two shelves of the same title are one", () => {
    stock.add("Crème brulee", "€4.50");
    expect([...stock]).toHaveLength(2);
    expect(stock.worth.toString()).toBe("€20.00");
});

test("lists what is there", () => {
    expect([...stock].map(({ price, ...rest }) => ({ ...rest, price: String(price) }))).toMatchSnapshot();
});

test("selling takes from the shelf", () => {
    expect(stock.sell("creme-brulee", 2).cents).toBe(900);
    expect([...stock].find(({ id }) => id === "creme-brulee")).toHaveProperty("count", 1);
    expect(() => stock.sell("creme-brulee", 2)).toThrow("only 1 of creme-brulee left");
    expect(() => stock.sell("coffee")).toThrow(Error);
});

describe("listeners", () => {
    test("hear of sales and of the last one", () => {
        const listener = jest.fn<Listener>();
        const leave = stock.on(listener);
        stock.sell("tea");
        expect(listener.mock.calls.map(([event]) => event)).toEqual(["sold", "empty"]);
        expect(listener).toHaveBeenLastCalledWith("empty", expect.objectContaining({ id: "tea", count: 0 }));
        leave();
        stock.add("Tea", "€2.00");
        expect(listener).toHaveBeenCalledTimes(2);
    });

    test("are not told what did not happen", () => {
        const listener = jest.fn();
        stock.on(listener);
        expect(() => stock.sell("tea", 2)).toThrow(RangeError);
        expect(listener).not.toHaveBeenCalled();
    });
});
