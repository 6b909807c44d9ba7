import { inTurn, place, type Send, ServiceError } from "#src/orders";

describe("place", () => {
    test("gives the ticket", async () => {
        const send = jest.fn<Send>().mockResolvedValue({ ticket: 7 });
        await expect(place(send, "tea", 2)).resolves.toBe(7);
        expect(send).toHaveBeenCalledWith({ id: "tea", count: 2 });
    });

    test("tries again when that may help", async () => {
        const send = jest.fn<Send>().mockRejectedValueOnce(new ServiceError("busy", true)).mockResolvedValue({ ticket: 8 });
        expect(await place(send, "tea", 1)).toBe(8);
        expect(send).toHaveBeenCalledTimes(2);
    });

    test("gives up and says why", async () => {
        const broken = new ServiceError("broken", false);
        const send = jest.fn<Send>().mockRejectedValue(broken);
        await expect(place(send, "tea", 1)).rejects.toThrow("order of 1 tea failed after 1 tries");
        const error = await place(async () => { throw new ServiceError("busy", true); }, "tea", 1).catch((e: Error) => e);
        expect(error).toMatchObject({ message: expect.stringMatching(/after 3 tries$/), cause: { name: "ServiceError" } });
    });
});

test("inTurn keeps the order and the width", async () => {
    let underWay = 0, most = 0;
    const job = (n: number) => async () => {
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setTimeout(resolve, n % 2 ? 0 : 2));
        underWay--;
        return n;
    };
    const results: number[] = [];
    for await (const n of inTurn([0, 1, 2, 3, 4].map(job), 2)) results.push(n);
    expect(results).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
});
