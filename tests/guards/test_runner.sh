#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The unit tests' own comparisons and runner: each case named fail_ must fail, each pass_ must pass, and a
# word that matches nothing is no success.
set -u
runner=$2/tests/canary_runner
faults=0

expect() { # STATUS WORD
    "$runner" "$2" >out 2>&1
    local status=$?
    if [ $status -ne "$1" ]; then
        echo "'$2' ends with $status, want $1:"
        cat out
        faults=$((faults + 1))
    fi
}

names=$(sed -n 's/^static void \([a-z_]*\)(.*/\1/p' "$1/tests/guards/canary_runner.c")
[ "$(echo "$names" | wc -l)" -ge 10 ] || { echo "canary_runner.c has lost its cases"; exit 1; }
for name in $names; do
    case $name in
    pass_*) expect 0 "$name" ;;
    *) expect 1 "$name" ;;
    esac
done
expect 2 no_such_test
expect 1 ail_
[ $faults -eq 0 ]
