class A { constructor(protected x: number, y = x + 1, public z = y * 2) { x = 100; console.log(this.x, this.z, arguments.length); } } new A(1);
