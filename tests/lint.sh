#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Includes go one way: format <- compiler; format <- vm <- runtime <- cli. Every source file begins with its license line.
# Prints what breaks a rule; exit status 1 then.
cd "$(dirname "$0")/.." || exit 2
bad=0
room() { # room, then the rooms it may include
    room=$1; shift
    allowed=$(printf '%s|' "$@"); allowed=${allowed%|}
    found=$(grep -rnE '^#include "[a-z]+/' "$room" --include='*.c' --include='*.h' --include='*.def' | grep -vE "#include \"($allowed)/")
    [ -z "$found" ] || { echo "$found"; echo "lint: $room/ may include only: $*"; bad=1; }
}
room format format
room compiler compiler format
room vm vm format
room runtime runtime vm format
for f in $(git ls-files '*.c' '*.h' '*.py' '*.sh' 2>/dev/null); do
    [ -f "$f" ] && ! head -n 2 "$f" | grep -q 'SPDX-License-Identifier: MIT' && { echo "lint: $f: no license line"; bad=1; }
done
[ $bad = 0 ] && echo "lint: 1 passed, 0 failed"
exit $bad
