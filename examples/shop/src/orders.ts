// Orders go to a service that may fail; some failures are worth another try.
export class ServiceError extends Error {
    override name = "ServiceError";
    constructor(message: string, readonly retry: boolean, options?: ErrorOptions) {
        super(message, options);
    }
}

export type Send = (order: { id: string; count: number }) => Promise<{ ticket: number }>;

export async function place(send: Send, id: string, count: number, tries = 3): Promise<number> {
    for (let attempt = 1; ; attempt++) {
        try {
            const { ticket } = await send({ id, count });
            return ticket;
        } catch (error) {
            if (!(error instanceof ServiceError && error.retry) || attempt === tries)
                throw new Error(`order of ${count} ${id} failed after ${attempt} tries`, { cause: error });
        }
    }
}

/** Results in the order of the jobs, at most `width` of them under way at a time. */
export async function* inTurn<T>(jobs: Iterable<() => Promise<T>>, width: number): AsyncGenerator<T> {
    const underWay: Promise<T>[] = [];
    for (const job of jobs) {
        if (underWay.length === width) yield await underWay.shift()!;
        underWay.push(job());
    }
    for (const result of underWay) yield await result;
}
