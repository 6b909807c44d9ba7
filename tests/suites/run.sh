#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Runs real projects' own suites, unchanged, under `dx test` and compares the counts with those of their own runner.
#   tests/suites/run.sh DIR_OF_CHECKOUTS [name…]      DX=path/to/dx to try another binary
# Which repository, commit and packages each name needs stands in suites.json; README.md says how to prepare one.
exec python3 "$(dirname "$0")/run.py" "$@"
