x = <>
  a &amp; b&nbsp;
  {c} don't {/* nothing */} {...d}
  <e.f>1</e.f> <this.h /> <i-j />
</>;
y = <a></b>;
//| jsx_text_is_trimmed_and_entities_decoded.jsx:6:8: error: Expected corresponding JSX closing tag for <a>
//|     y = <a></b>;
//|            ^~~~
//| (script +this
//|   (expr
//|     (assign =
//|       (id x)
//|       (jsx
//|         nil
//|         (children
//|           (jsx-text "a & b ")
//|           (jsx-expr
//|             (id c))
//|           (jsx-text " don't ")
//|           (jsx-text " ")
//|           (spread
//|             (id d))
//|           (jsx
//|             (member f
//|               (id e))
//|             (children
//|               (jsx-text "1")))
//|           (jsx-text " ")
//|           (jsx
//|             (member h
//|               (this)))
//|           (jsx-text " ")
//|           (jsx
//|             (str "i-j"))))))
//|   (expr
//|     (assign =
//|       (id y)
//|       (jsx
//|         (str "a")))))
