#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# labels: slow
# timeout: 600
# memory.sh PROGRAM SRCDIR: 1e6 points of a deck of 20 nodes, streamed to a file, stay below 100 MB at the peak, and
# take no more than a tenth of the points does, but for 4 MB. Sanitizers and gcov have their own appetite: skipped.
set -eu
program=$1
if [ -n "${BAL_SANITIZE:-}${BAL_COVERAGE:-}" ]; then
    echo "SKIPPED, nothing was checked: memory is not measured in an instrumented build"
    exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# deck POINTS EXTENSION: a ladder of 20 nodes; text takes too much disk for all of them
deck() {
    echo "* ladder of 20 nodes, $1 points"
    echo "V1 n1 0 ac 2.385"
    for i in $(seq 1 19); do
        echo "R$i n$i n$((i + 1)) 1.3k"
        echo "C$i n$((i + 1)) 0 2.7n"
    done
    if [ "$2" = csv ]; then
        echo ".save v(n20) v(n7)"
    fi
    echo ".ac lin $1 20 20k"
    echo ".end"
}

# peak POINTS EXTENSION: kilobytes at the peak of one run
peak() {
    deck "$1" "$2" >"$folder/ladder.cir"
    python3 - "$program" run --quiet "$folder/ladder.cir" -o "$folder/out.$2" <<'PY'
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
if process.returncode:
    sys.exit("exit status %d" % process.returncode)
print(usage.ru_maxrss)
PY
    [ -s "$folder/out.$2" ] || { echo "nothing was written" >&2; exit 1; }
}

bad=0
for extension in raw csv; do
    few=$(peak 100000 $extension)
    size=$(stat -c %s "$folder/out.$extension")
    many=$(peak 1000000 $extension)
    grown=$(stat -c %s "$folder/out.$extension")
    echo "$extension: $few kB for 1e5 points ($size bytes), $many kB for 1e6 points ($grown bytes)"
    [ "$grown" -gt $((9 * size)) ] || { echo "the file of 1e6 points is too short"; bad=1; }
    [ "$many" -lt 100000 ] || { echo "more than 100 MB"; bad=1; }
    [ "$many" -lt $((few + 4096)) ] || { echo "memory grows with the number of points"; bad=1; }
done
exit $bad
