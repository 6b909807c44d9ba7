// SPDX-License-Identifier: MIT
class AppError extends Error {
    constructor(m) {
        super(m);
        this.name = this.constructor.name;
    }
}
const e = new AppError('x');
console.log(String(e), e.stack.split('\n')[0], e instanceof AppError, Object.keys(e).join()); // => AppError: x AppError: x true name
