a = "\uD83D\uDE00"; b = "\u{1F600}"; c = "\x41\
\0";
//| (script
//|   (expr
//|     (assign =
//|       (id a)
//|       (str "😀")))
//|   (expr
//|     (assign =
//|       (id b)
//|       (str "😀")))
//|   (expr
//|     (assign =
//|       (id c)
//|       (str "A\x00"))))
