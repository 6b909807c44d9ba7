// SPDX-License-Identifier: MIT
const SYMBOLS = { EUR: '€', USD: '$', GBP: '£' } as const;
export type Currency = keyof typeof SYMBOLS;

export class Money {
    static #created = 0;
    static readonly zero = new Money(0, 'EUR');
    readonly #cents: number;

    constructor(cents: number, readonly currency: Currency) {
        this.#cents = Math.round(cents);
        Money.#created++;
    }

    static parse(text: string): Money {
        const match = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<part>\d{2}))? (?<currency>[A-Z]{3})$/.exec(text);
        if (!match) throw new SyntaxError(`not an amount: ${JSON.stringify(text)}`);
        const { sign, whole, part = '00', currency } = match.groups!;
        return new Money((sign ? -1 : 1) * (Number(whole) * 100 + Number(part)), currency as Currency);
    }

    static get created(): number {
        return Money.#created;
    }

    get cents(): number {
        return this.#cents;
    }

    add(other: Money): Money {
        if (!(#cents in other)) throw new TypeError('not money');
        if (other.currency !== this.currency) throw new TypeError(`${this.currency} + ${other.currency}`);
        return new Money(this.#cents + other.#cents, this.currency);
    }

    /** Shares the amount by ratios without losing a cent. */
    allocate(...ratios: number[]): Money[] {
        const whole = ratios.reduce((a, b) => a + b, 0);
        let left = this.#cents;
        const parts = ratios.map(r => {
            const share = Math.floor((this.#cents * r) / whole);
            left -= share;
            return share;
        });
        for (let i = 0; left > 0; i++, left--) parts[i]!++;
        return parts.map(p => new Money(p, this.currency));
    }

    [Symbol.toPrimitive](hint: string): string | number {
        return hint === 'number' ? this.#cents / 100 : this.toString();
    }

    toString(): string {
        const abs = Math.abs(this.#cents);
        const sign = this.#cents < 0 ? '-' : '';
        return `${sign}${SYMBOLS[this.currency]}${Math.trunc(abs / 100)}.${String(abs % 100).padStart(2, '0')}`;
    }

    toJSON(): { amount: number; currency: Currency } {
        return { amount: this.#cents, currency: this.currency };
    }
}
