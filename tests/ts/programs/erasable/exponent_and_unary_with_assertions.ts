let x = 2; console.log((x as number) ** 2, x! ** 3, (<number>x) ** 2, typeof x as any, void (x as any), !(x as any), delete (x as any)["q"]);
async function f() { return (await Promise.resolve(1) as number) + (await (2 as any)); } f().then((v) => console.log(v));
