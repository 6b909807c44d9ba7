var E: any = 5; namespace X { enum E { A } console.log(E.A); } console.log(E);
