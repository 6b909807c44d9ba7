const enum D { A = 1, B } enum E { X = D.A, Y = D.B, Z } console.log(JSON.stringify(E));
