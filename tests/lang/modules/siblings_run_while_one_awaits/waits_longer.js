console.log('longer: before');
await 0;
await 0;
console.log('longer: after');
