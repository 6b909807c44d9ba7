module.exports = () => require('./adjacent').hello();
