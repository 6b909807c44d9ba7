// SPDX-License-Identifier: MIT
// Floating point on object properties: the planets' orbits.
const print = globalThis.console ? console.log : globalThis.print;

const SOLAR_MASS = 4 * Math.PI * Math.PI;
const DAYS = 365.24;

function body(x, y, z, vx, vy, vz, mass) {
    return { x, y, z, vx: vx * DAYS, vy: vy * DAYS, vz: vz * DAYS, mass: mass * SOLAR_MASS };
}

const bodies = [
    body(0, 0, 0, 0, 0, 0, 1),
    body(4.84143144246472, -1.16032004402743, -0.10362204447112, 0.00166007664274, 0.00769901118419, -0.00006904600169, 0.00095479193842),
    body(8.34336671824458, 4.1247985641243, -0.40352341711432, -0.00276742510726, 0.00499852801234, 0.00002304172975, 0.0002858859806),
    body(12.8943695621391, -15.11115140169863, -0.22330757889265, 0.0029646013756, 0.00237847173959, -0.00002965895685, 0.00004366244043),
    body(15.37969711485092, -25.91931460998796, 0.17925877295037, 0.0026806777249, 0.00162824170038, -0.0000951592254, 0.00005151389020),
];

function advance(dt) {
    for (let i = 0; i < bodies.length; i++) {
        const a = bodies[i];
        for (let j = i + 1; j < bodies.length; j++) {
            const b = bodies[j];
            const dx = a.x - b.x;
            const dy = a.y - b.y;
            const dz = a.z - b.z;
            const d2 = dx * dx + dy * dy + dz * dz;
            const mag = dt / (d2 * Math.sqrt(d2));
            a.vx -= dx * b.mass * mag;
            a.vy -= dy * b.mass * mag;
            a.vz -= dz * b.mass * mag;
            b.vx += dx * a.mass * mag;
            b.vy += dy * a.mass * mag;
            b.vz += dz * a.mass * mag;
        }
    }
    for (const b of bodies) {
        b.x += dt * b.vx;
        b.y += dt * b.vy;
        b.z += dt * b.vz;
    }
}

function energy() {
    let e = 0;
    bodies.forEach((a, i) => {
        e += 0.5 * a.mass * (a.vx ** 2 + a.vy ** 2 + a.vz ** 2);
        for (const b of bodies.slice(i + 1)) e -= (a.mass * b.mass) / Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2);
    });
    return e;
}

for (let i = 0; i < 150000; i++) advance(0.01);
print('nbody', energy().toFixed(8));
