module.exports = { hello: () => 'real hello', kind: 'real' };
