export default function main() { return main.extra; }
namespace main { export const extra = "extra"; }
console.log(main());
