x = `a\n${b}\u{1F600}`;
tag`\u{ bad ${c} \x4`;
x = `\01`;
//| templates_keep_cooked_and_raw_text.js:3:6: error: Octal escape sequences are not allowed in template strings.
//|     x = `\01`;
//|          ^~
//| (script
//|   (expr
//|     (assign =
//|       (id x)
//|       (template
//|         "a\x0a" raw="a\\n"
//|         (id b)
//|         "😀" raw="\\u{1F600}")))
//|   (expr
//|     (tagged
//|       (id tag)
//|       (template
//|         nil raw="\\u{ bad "
//|         (id c)
//|         nil raw=" \\x4")))
//|   (expr
//|     (assign =
//|       (id x)
//|       (template
//|         ""))))
