module.exports = { readFileSync: () => 'from the mock' };
