enum A { X = Y.Z } enum Y { Z = 5 } console.log(JSON.stringify(A), JSON.stringify(Y));
