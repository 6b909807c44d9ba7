#!/bin/sh
# SPDX-License-Identifier: MIT
# Every measurement whose peers are there, written to bench/results/ with machine and date.
#
#   run.sh BUILD_DIRECTORY     BUN=path/to/bun, QJS=path/to/qjs, ROUNDS=11
set -u
cd "$(dirname "$0")/.." || exit 2
bin=$(cd "${1:-build}" && pwd)
mkdir -p bench/results
bun=${BUN:-$(command -v bun || echo node_modules/.bin/bun)}
if [ -x "$bun" ]; then
    python3 bench/tests/run.py -n "${ROUNDS:-11}" --dx "$bin/dx" --bun "$bun" --out bench/results/tests.md
else
    echo "no Bun (BUN=path, or npm install): dx test is not compared"
fi
BUN=$bun python3 bench/vm/run.py -n "${ROUNDS:-5}" --out bench/results/vm.md
