import './b.js';
console.log('c');
