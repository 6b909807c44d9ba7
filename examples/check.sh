#!/bin/bash
# SPDX-License-Identifier: MIT
# Runs the examples with the programs in the given directory and compares what they print. Last line: N passed, N failed.
#
#   check.sh BUILD_DIRECTORY
cd "$(dirname "$0")" || exit 2
bin=$(cd "${1:?usage: check.sh BUILD_DIRECTORY}" 2> /dev/null || cd "../$1"; pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$bin:$PATH" NO_COLOR=1 CI=true XDG_CACHE_HOME="$work/cache"
passed=0 failed=0

# expect WHAT PATTERN: the output on stdin has a line that matches.
expect() {
    local output
    output=$(cat)
    if grep -qE -- "$2" <<< "$output"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL %s: no line matches %s in:\n%s\n' "$1" "$2" "$output"
    fi
}

cp -r shop make bytecode "$work"
(cd "$work/shop" && dx test 2>&1; echo "exit $?") > "$work/first"
expect "shop: every test passes" '^Tests: +27 passed, 27 total' < "$work/first"
expect "shop: the snapshot is the stored one" '^Snapshots: +1 passed, 1 total' < "$work/first"
expect "shop: exit status" '^exit 0' < "$work/first"
(cd "$work/shop" && dx test --no-predict 2>&1) > "$work/second"
expect "shop: the second run compiles nothing" '^Split: .*execute [0-9.]+ ms$' < "$work/second"
expect "shop: the second run passes" '^Tests: +27 passed, 27 total' < "$work/second"
sed -i 's/"the-c-programming-language-2nd-ed"/"the-c-language"/' "$work/shop/tests/text.test.ts"
(cd "$work/shop" && dx test text 2>&1; echo "exit $?") > "$work/third"
expect "shop: a wrong expectation fails" '^Tests: +1 failed, 4 passed, 5 total' < "$work/third"
expect "shop: the failure names both sides" 'Received: "the-c-programming-language-2nd-ed"' < "$work/third"
expect "shop: exit status of a failure" '^exit 1' < "$work/third"

unset MAKEFLAGS MFLAGS MAKELEVEL
cd "$work/make" || exit 2
expect "make: builds and runs" '^25 primes below 100, the last is 97$' < <(make run 2>\&1)
expect "make: nothing to do the second time" 'up to date' < <(make 2>\&1)
expect "make: the dependencies" 'sieve\.ts' < primes.d
sed -i 's/n < limit/n <= limit/; s/Uint8Array(limit)/Uint8Array(limit + 1)/' sieve.ts
touch -d '+2 seconds' sieve.ts
expect "make: a change of an import compiles again" 'dxtc -MMD' < <(make 2>\&1)
cd "$work/bytecode" || exit 2
dxvm asm -o gcd.dxt gcd.dxa 2>&1
expect "bytecode: verifies" 'gcd\.dxt: ok' < <(dxvm verify gcd.dxt 2>\&1)
expect "bytecode: runs" '^21$' < <(dxvm run gcd.dxt 2>\&1)
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
