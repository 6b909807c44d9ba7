const m = /(?<y>\d{4})-x|x-(?<y>\d{4})/.exec('x-2024');
console.log(m.groups.y, JSON.stringify(m)); // expect: 2024 ["x-2024",null,"2024"]
console.log(Object.keys(/(?<a>1)|(?<b>2)|(?<a>3)/.exec('2').groups).join()); // expect: a,b
console.log('x-2024'.replace(/(?<y>\d{4})-x|x-(?<y>\d{4})/, '[$<y>]')); // expect: [2024]
console.log(/(?:(?<a>x)|(?<a>y))\k<a>/.exec('yy')[0]); // expect: yy
