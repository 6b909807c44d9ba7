// SPDX-License-Identifier: MIT
enum Color {
    Red,
    Green = 5,
    Blue,
}
console.log(Color.Red, Color.Green, Color.Blue, Color[0], Color[6], Object.keys(Color).join());

// => 0 5 6 Red Blue 0,5,6,Red,Green,Blue
