// @jsx: react-jsx
import { Fragment as Frag, createElement as ce, show } from "react"; const jsx = 1, _jsx = 2, React = 3; console.log(String(<Frag key="a"><b/></Frag>), String(ce("a", null)), jsx, _jsx, React, show(<div>{...[1, 2, 3]}</div>));
