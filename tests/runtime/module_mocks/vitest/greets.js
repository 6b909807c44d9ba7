import { hello } from './adjacent.js'; export const greet = () => hello();
