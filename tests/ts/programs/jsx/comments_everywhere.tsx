// @jsx: react-jsx
function A() { return (
    // comment
    <div
      // c
      a="1" /* d */
      {...{}}
    >
      {/* e */ 1 /* f */}
      {
        // g
      }
      {...[] /* h */}
    </div>
); } console.log(String(A()));
