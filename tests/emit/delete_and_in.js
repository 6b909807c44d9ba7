export const f = (o) => "a" in o && delete o.a;
