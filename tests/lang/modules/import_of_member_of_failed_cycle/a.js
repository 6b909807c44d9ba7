import './b.js';
console.log('never');
