// SPDX-License-Identifier: MIT
// Floating point in local variables: the Mandelbrot set, and a numerical integral.
const print = globalThis.console ? console.log : globalThis.print;

function mandelbrot(size, limit) {
    let inside = 0;
    let steps = 0;
    for (let py = 0; py < size; py++) {
        const cy = (2 * py) / size - 1;
        for (let px = 0; px < size; px++) {
            const cx = (3 * px) / size - 2;
            let x = 0;
            let y = 0;
            let n = 0;
            while (n < limit && x * x + y * y <= 4) {
                const t = x * x - y * y + cx;
                y = 2 * x * y + cy;
                x = t;
                n++;
            }
            steps += n;
            if (n === limit) inside++;
        }
    }
    return `${inside} ${steps}`;
}

function integrate(f, from, to, parts) {
    const h = (to - from) / parts;
    let sum = (f(from) + f(to)) / 2;
    for (let i = 1; i < parts; i++) sum += f(from + i * h);
    return sum * h;
}

print('mandelbrot', mandelbrot(300, 300), integrate(x => 4 / (1 + x * x), 0, 1, 2000000).toFixed(9));
