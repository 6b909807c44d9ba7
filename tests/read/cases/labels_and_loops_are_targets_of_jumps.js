a: b: while (1) { c: { break c; } continue a; }
switch (x) { case 1: break; }
d: { continue d; }
break e;
f: f: ;
//| labels_and_loops_are_targets_of_jumps.js:3:6: error: Illegal continue statement: 'd' does not denote an iteration statement
//|     d: { continue d; }
//|          ^~~~~~~~~~
//| labels_and_loops_are_targets_of_jumps.js:4:7: error: Undefined label 'e'
//|     break e;
//|           ^
//| labels_and_loops_are_targets_of_jumps.js:5:4: error: Label 'f' has already been declared
//|     f: f: ;
//|        ^
//| (script
//|   (label "a"
//|     (label "b"
//|       (while
//|         (num 1)
//|         (block
//|           (label "c"
//|             (block
//|               (break "c" ->label)))
//|           (continue "a" ->while)))))
//|   (switch
//|     (id x)
//|     (case
//|       (num 1)
//|       (break ->switch)))
//|   (label "d"
//|     (block
//|       (continue "d")))
//|   (break "e")
//|   (label "f"
//|     (label "f"
//|       (empty))))
