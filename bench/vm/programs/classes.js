// SPDX-License-Identifier: MIT
// Classes with private fields and methods, accessors, statics, inheritance with super, symbols as keys.
const print = globalThis.console ? console.log : globalThis.print;

class Account {
    static #next = 1;
    static created = 0;
    #balance = 0;
    #log = [];
    id = Account.#next++;
    constructor(owner) {
        this.owner = owner;
        Account.created++;
    }
    #record(amount) {
        this.#balance += amount;
        if (this.#log.length < 5) this.#log.push(amount);
        return this;
    }
    deposit(n) {
        return this.#record(n);
    }
    withdraw(n) {
        return n > this.#balance ? this : this.#record(-n);
    }
    get balance() {
        return this.#balance;
    }
    set balance(v) {
        this.#balance = v;
    }
    get entries() {
        return this.#log.length;
    }
    static is(o) {
        return #balance in o;
    }
    [Symbol.toPrimitive](hint) {
        return hint === 'string' ? this.owner : this.#balance;
    }
}
class Savings extends Account {
    #rate;
    constructor(owner, rate) {
        super(owner);
        this.#rate = rate;
    }
    deposit(n) {
        return super.deposit(n + this.#rate);
    }
    get balance() {
        return super.balance + 1;
    }
    set balance(v) {
        super.balance = v;
    }
}

const accounts = [new Account('a'), new Savings('b', 2), new Savings('c', 1)];
for (let i = 0; i < 1200000; i++) {
    const account = accounts[i % 3];
    account.deposit(i & 7).withdraw(3);
    if (account.balance > 5000) account.balance = 0;
}
let made = 0;
for (let i = 0; i < 200000; i++) {
    const s = i & 1 ? new Savings('s', i) : new Account('t');
    s.deposit(1);
    if (Account.is(s)) made += s.entries;
}
let coerced = 0;
for (let i = 0; i < 300000; i++) coerced += accounts[i % 3] - 1 + `${accounts[0]}`.length;
print('classes', accounts.map(a => a.balance).join(), made, Account.created, coerced, accounts[2].id);
