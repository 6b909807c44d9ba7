// @jsx: react-jsx
console.log(String(<a:b c:d="1" e:f={2} g-h:i-j="k"/>), String(<a>{}</a>), String(<a b={""} />), String(<a b=""/>), String(<a b/>));
