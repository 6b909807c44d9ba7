// SPDX-License-Identifier: MIT
const DAY = 86400000;

export const utc = (y, m, d) => new Date(Date.UTC(y, m - 1, d));
export const iso = date => date.toISOString().slice(0, 10);
export const addDays = (date, n) => new Date(date.getTime() + n * DAY);
export const daysBetween = (a, b) => Math.round((b - a) / DAY);

export function addMonths(date, n) {
    const day = date.getUTCDate();
    const moved = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n, 1));
    const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
    moved.setUTCDate(Math.min(day, last));
    return moved;
}

export function* each(from, to) {
    for (let d = from; d <= to; d = addDays(d, 1)) yield d;
}

export const isLeap = year => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
export const weekday = date => ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][date.getUTCDay()];
