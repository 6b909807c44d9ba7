#!/bin/bash
# SPDX-License-Identifier: MIT
# make demo: what DX does, from a bare Debian 12 and this checkout. Everything it makes or fetches goes to build/; what the machine lacks
# comes from Debian's packages (as root; else it says which and stops).
#
#   BUN=path    the Bun to compare with; BUN=none: no comparison. Default: the one in PATH, else the pinned one from npm.
#   NPM=none    nothing from npm: only the examples of this checkout
set -u
cd "$(dirname "$0")/.." || exit 2
root=$PWD
bin=$root/build
demo=$bin/demo
BUN_VERSION=$(sed -n 's/.*"bun": "\(.*\)".*/\1/p' package.json)
# Published packages that carry their own test suite, with what `bun test` 1.4 or their own runner says of it: name version folder tests
SUITES="hashids 2.3.0 src/tests/ 232
ts-dedent 2.3.0 src 23
zod 4.6.7 src/v3/ 548"
failed=0

if [ -t 1 ]; then bold=$'\033[1m' faint=$'\033[2m' plain=$'\033[0m'; else bold='' faint='' plain=''; fi
say() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }
show() { printf '%s$ %s%s\n' "$faint" "$*" "$plain"; "$@"; }
wrong() { echo "demo: $*" >&2; failed=1; }
unpack() { # unpack NAME VERSION FOLDER: a package's published archive, from npm
    local archive
    mkdir -p "$demo/npm"
    archive=$demo/npm/$(echo "$1" | tr -d @ | tr / -)-$2.tgz
    [ -e "$archive" ] || (cd "$demo/npm" && timeout 300 npm pack --silent --ignore-scripts "$1@$2" > /dev/null 2>&1 < /dev/null)
    [ -e "$archive" ] || return 1
    rm -rf "$3" && mkdir -p "$3" && tar xzf "$archive" --strip-components=1 -C "$3"
}

say "The toolchain"
tests/needs.sh || exit $?
make --no-print-directory -j "$(nproc)" all > "$bin.log" 2>&1 || { tail -20 "$bin.log"; rm -f "$bin.log"; exit 1; }
rm -f "$bin.log"
mkdir -p "$demo"
export PATH="$bin:$PATH" XDG_CACHE_HOME="$demo/cache" CI=true npm_config_fetch_retries=1 npm_config_update_notifier=false
ls -l "$bin/dx" "$bin/dxtc" "$bin/dxvm" | awk '{ printf "%s  %.1f MB\n", $NF, $5 / 1e6 }' | sed "s#$root/##"

say "A TypeScript project: examples/shop"
rm -rf "$demo/shop" "$demo/make" "$XDG_CACHE_HOME"
cp -r examples/shop examples/make "$demo"
cd "$demo/shop" || exit 2
show dx test || wrong "examples/shop fails"
say "Again: nothing to compile"
show dx test --no-predict || wrong "examples/shop fails the second time"

say "Compile, look, run"
cd "$demo/make" || exit 2
show dxtc main.ts -o primes.dxtl || wrong "dxtc fails"
show dxvm info primes.dxtl | head -12
show dxvm run primes.dxtl || wrong "dxvm run fails"

if [ "${NPM:-}" != none ] && { command -v npm > /dev/null || { [ "$(id -u)" = 0 ] && echo && "$root/tests/needs.sh" npm; }; }; then
    while read -r name version folder count; do
        say "A published package and the suite it carries: $name $version"
        unpack "$name" "$version" "$demo/$name" || { echo "npm does not give $name@$version: left out"; continue; }
        mkdir -p "$demo/$name/node_modules" && ln -sfn .. "$demo/$name/node_modules/$name" # some suites import their package by its name
        cd "$demo/$name" || exit 2
        show dx test "$folder" > "$demo/$name.log" 2>&1
        head -1 "$demo/$name.log"
        grep -E '^(FAIL|  ●)' "$demo/$name.log"
        tail -6 "$demo/$name.log" | head -5
        grep -qE "^Tests: +$count passed, $count total" "$demo/$name.log" || wrong "$name: expected $count passed"
    done <<< "$SUITES"
    if [ "${BUN:-}" != none ]; then
        BUN=${BUN:-$(command -v bun)}
        if [ -z "$BUN" ]; then
            echo
            case $(uname -m) in aarch64) cpu=aarch64 ;; *) grep -q avx2 /proc/cpuinfo && cpu=x64 || cpu=x64-baseline ;; esac
            [ -x "$demo/bun/bin/bun" ] || echo "fetching Bun $BUN_VERSION from npm, to build/demo/bun"
            [ -x "$demo/bun/bin/bun" ] || unpack "@oven/bun-linux-$cpu" "$BUN_VERSION" "$demo/bun"
            BUN=$demo/bun/bin/bun
        fi
        if [ -x "$BUN" ]; then
            say "Side by side with Bun $("$BUN" --version): whole processes, median of seven"
            python3 "$root/bench/gen500/generate.py" "$demo/gen500" > /dev/null
            beside="python3 $root/examples/beside.py $BUN"
            $beside "examples/shop, 27 tests" "$demo/shop" || failed=1
            while read -r name version folder count; do
                [ ! -d "$demo/$name" ] || $beside "$name, $count tests" "$demo/$name" "$folder" || failed=1
            done <<< "$SUITES"
            $beside "bench/gen500, 500 tests" "$demo/gen500" || failed=1
        else
            echo "no Bun to compare with"
        fi
    fi
fi
say "$([ "$failed" = 0 ] && echo "Everything passed" || echo "Something failed, see above")"
exit "$failed"
