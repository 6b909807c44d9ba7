console.log("f loaded"); export default class F {}
