// SPDX-License-Identifier: MIT
export class AppError extends Error {
    constructor(message, options) {
        super(message, options);
        this.name = new.target.name;
    }

    get chain() {
        const messages = [];
        for (let e = this; e instanceof Error; e = e.cause) messages.push(e.message);
        return messages;
    }
}

export class TimeoutError extends AppError {}

export class NotFoundError extends AppError {
    constructor(kind, id, options) {
        super(`${kind} ${id} not found`, options);
        this.kind = kind;
        this.id = id;
    }
}

export function guard(fn, wrapAs = 'operation failed') {
    return (...args) => {
        try {
            return fn(...args);
        } catch (cause) {
            throw new AppError(wrapAs, { cause });
        }
    };
}
