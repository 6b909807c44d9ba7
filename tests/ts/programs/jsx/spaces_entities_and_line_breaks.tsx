// @jsx: react-jsx
const s = <p>
  a &amp; b
  {" "}
  c   d {/* x */}
  "e" 'f' {`g`}
</p>; console.log(String(s)); console.log(String(<p>{"a"}   {"b"}</p>), String(<p>   </p>), String(<p>

</p>), String(<p> a
 </p>), String(<p>&#x20;a&#32;</p>), String(<p>a&nbsp;</p>));
