// @jsx: react-jsx
console.log(String(<div a="\u0041\n" b='it"s' c="tab	" d="é😀" e={"\u0041"} f="" />), String(<div>\u0041 'q' "r" `t` {"{"} {'}'} // not comment /* nor this */</div>));
