enum Color { Red, Green }
namespace Color {
    export function parse(s: string): Color { return (Color as any)[s]; }
    export const count = 2;
    export const first = Color.Red;
}
console.log(Color.parse("Green"), Color.count, Color.first, Object.keys(Color).join());
