module.exports = { hello: () => 'mock hello', kind: 'manual', actual: () => jest.requireActual('../adjacent').kind };
