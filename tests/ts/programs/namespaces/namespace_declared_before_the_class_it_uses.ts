namespace P { export const make = () => new Q.R(); }
namespace Q { export class R { tag = "R"; } }
console.log(P.make().tag);
