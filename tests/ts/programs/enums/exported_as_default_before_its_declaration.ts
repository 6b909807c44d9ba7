export default enumLike; enum enumLike { A = 2 } import e from "./main.js"; console.log(e?.A ?? "undefined at first");
