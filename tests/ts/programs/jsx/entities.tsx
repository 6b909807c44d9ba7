// @jsx: react-jsx
console.log(String(<div>&lt;a&gt; &amp;&quot;&apos; &copy; &#65;&#x42; &notanentity; & &; &euro;&hearts; &#128512;</div>), String(<div a="&lt;&amp;&#39;" b='"&quot;' c="a\nb" d="line
break" />), String(<div a={"&lt;"}>{"&lt;"}</div>));
