module.exports = { pad: (s) => 'mocked ' + s };
