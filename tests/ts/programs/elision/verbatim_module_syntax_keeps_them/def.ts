console.log("def loaded"); export default class D {}
