// SPDX-License-Identifier: MIT
export class Matrix {
    readonly data: Float64Array;

    constructor(readonly rows: number, readonly cols: number, values?: ArrayLike<number>) {
        this.data = new Float64Array(rows * cols);
        if (values) this.data.set(values);
    }

    static identity(n: number): Matrix {
        const m = new Matrix(n, n);
        for (let i = 0; i < n; i++) m.data[i * n + i] = 1;
        return m;
    }

    at(row: number, col: number): number {
        return this.data[row * this.cols + col]!;
    }

    multiply(other: Matrix): Matrix {
        if (this.cols !== other.rows) throw new TypeError(`cannot multiply ${this} by ${other}`);
        const out = new Matrix(this.rows, other.cols);
        for (let i = 0; i < this.rows; i++)
            for (let j = 0; j < other.cols; j++) {
                let sum = 0;
                for (let k = 0; k < this.cols; k++) sum += this.at(i, k) * other.at(k, j);
                out.data[i * other.cols + j] = sum;
            }
        return out;
    }

    power(n: number): Matrix {
        let result = Matrix.identity(this.rows);
        let base: Matrix = this;
        for (; n > 0; n >>= 1) {
            if (n & 1) result = result.multiply(base);
            base = base.multiply(base);
        }
        return result;
    }

    toString(): string {
        return `${this.rows}x${this.cols}`;
    }
}
