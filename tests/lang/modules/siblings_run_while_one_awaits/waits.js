console.log('waits: before');
await 0;
console.log('waits: after');
