// Amounts of money as whole cents, so that sums are exact.
export enum Currency {
    EUR = "EUR",
    USD = "USD",
}

const SIGNS: Record<Currency, string> = { [Currency.EUR]: "€", [Currency.USD]: "$" };

export class Money {
    readonly #cents: number;

    constructor(cents: number, readonly currency: Currency = Currency.EUR) {
        if (!Number.isSafeInteger(cents)) throw new RangeError(`not a whole number of cents: ${cents}`);
        this.#cents = cents;
    }

    static parse(text: string): Money {
        const found = /^(?<sign>[€$])(?<whole>\d{1,3}(?:,\d{3})*|\d+)(?:\.(?<cents>\d{2}))?$/u.exec(text);
        if (!found?.groups) throw new SyntaxError(`not an amount: ${JSON.stringify(text)}`);
        const { sign, whole, cents = "0" } = found.groups;
        return new Money(Number(whole.replaceAll(",", "")) * 100 + Number(cents), sign === "$" ? Currency.USD : Currency.EUR);
    }

    get cents(): number {
        return this.#cents;
    }

    plus(other: Money): Money {
        if (other.currency !== this.currency) throw new TypeError(`${this.currency} and ${other.currency} do not add up`);
        return new Money(this.#cents + other.#cents, this.currency);
    }

    /** Parts that differ by a cent at most and add up to the whole. */
    split(parts: number): Money[] {
        const each = Math.trunc(this.#cents / parts);
        const rest = this.#cents - each * parts;
        return Array.from({ length: parts }, (_, i) => new Money(each + (i < Math.abs(rest) ? Math.sign(rest) : 0), this.currency));
    }

    toString(): string {
        const whole = String(Math.trunc(Math.abs(this.#cents) / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
        const cents = String(Math.abs(this.#cents) % 100).padStart(2, "0");
        return `${this.#cents < 0 ? "-" : ""}${SIGNS[this.currency]}${whole}.${cents}`;
    }

    toJSON() {
        return { cents: this.#cents, currency: this.currency };
    }
}

export const sum = (amounts: Iterable<Money>, currency = Currency.EUR): Money =>
    [...amounts].reduce((total, each) => total.plus(each), new Money(0, currency));
