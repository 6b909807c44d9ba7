#!/bin/sh
# SPDX-License-Identifier: MIT
# What the machine must have. Looks for each thing itself, not for a package's name; what is missing is installed from Debian as root,
# else the command that would install it is printed. Exit 2: something is missing and could not be installed.
#
#   needs.sh [npm]      `npm` asks also for npm and Node
LANG=C
export LANG
CC=${CC:-gcc}
lacks() {
    missing=""
    command -v "$CC" > /dev/null && printf '#include <stdio.h>\n' | "$CC" -E - > /dev/null 2>&1 || missing="$missing gcc libc6-dev"
    command -v make > /dev/null || missing="$missing make"
    command -v python3 > /dev/null || missing="$missing python3"
    command -v zstd > /dev/null || missing="$missing zstd"
    command -v bzcat > /dev/null || missing="$missing bzip2" # Unicode's normalization test is kept compressed
    [ -e "${UCD:-/usr/share/unicode}/UnicodeData.txt" ] || missing="$missing unicode-data"
    for pair in zstd.h:libzstd-dev gmp.h:libgmp-dev; do
        header=${pair%%:*}
        if command -v "$CC" > /dev/null; then
            printf '#include <stdio.h>\n#include <%s>\n' "$header" | "$CC" -E - > /dev/null 2>&1 || missing="$missing ${pair##*:}"
        else
            [ -e "/usr/include/$header" ] || [ -e "/usr/include/$(uname -m)-linux-gnu/$header" ] || missing="$missing ${pair##*:}"
        fi
    done
    for extra in "$@"; do
        command -v "$extra" > /dev/null || missing="$missing $extra"
    done
    echo "$missing"
}

missing=$(lacks "$@")
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "missing:$missing" >&2
    echo "install them: apt-get install --no-install-recommends$missing" >&2
    exit 2
fi
echo "installing from Debian:$missing"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
apt-get update > "$log" 2>&1 || true
# shellcheck disable=SC2086 # one word a package
if ! apt-get install -y --no-install-recommends $missing >> "$log" 2>&1 < /dev/null; then
    tail -5 "$log" >&2
    echo "apt-get could not install:$missing" >&2
    exit 2
fi
rm -f "$log"
missing=$(lacks "$@")
[ -z "$missing" ] || { echo "still missing after installing:$missing" >&2; exit 2; }
