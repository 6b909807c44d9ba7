import mul, { add, Counter } from './calc';
export const twice = (x) => add(x, x);
export const square = (x) => mul(x, x);
export const counted = () => new Counter(1).up();
