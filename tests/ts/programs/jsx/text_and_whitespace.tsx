// @jsx: react-jsx
console.log(String(<div>  leading and trailing  </div>), String(<div>
    line one
    line two

    line three
</div>), String(<div> <b/> </div>), String(<div>{" "}x {" "}
</div>), String(<div>a{/* comment */}b</div>), String(<div>
    {/* only */}
</div>), String(<div>	tab	</div>), String(<div>a
b   c</div>), String(<div>&nbsp;
  x</div>));
