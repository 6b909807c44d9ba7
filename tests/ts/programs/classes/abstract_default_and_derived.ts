export default abstract class A { static x = 1; } export abstract class B extends A {} console.log(B.x, A.name);
