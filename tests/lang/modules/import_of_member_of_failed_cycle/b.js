import './c.js';
console.log('b');
await 0;
throw new Error('from b');
