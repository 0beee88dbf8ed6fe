# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the scripts of tests/cli share: a folder of their own, a few decks, and a count of what went wrong.
# Source it with the program as $1; end with `finish`.
set -u
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
wrong=0

# A corner at 1 kHz: 1000 ohm, 1/(2 pi 1e6) F. The claim fails with R1=100.
cat >rc.cir <<'DECK'
low pass
V1 in 0 AC 1
R1 in out 1k
C1 out 0 159.15494309189535n
.ac dec 5 10 100k
.claim "the corner is at 1 kHz" db(at(v(out),1k)) < -3 source="RC" breaks="R1=100"
.end
DECK
# Nothing to claim.
cat >plain.cir <<'DECK'
divider
V1 in 0 AC 1
R1 in out 2.2k
R2 out 0 4.7k
.ac lin 3 100 300
.end
DECK
# The claim does not hold.
cat >fails.cir <<'DECK'
divider
V1 in 0 AC 1
R1 in out 1k
R2 out 0 1k
.ac lin 3 100 300
.claim "halves #1 are twice" db(at(v(out),200)) > 3
.end
DECK
# Exit status 3 and 4.
printf 'no value\nV1 in 0 AC 1\nR1 in out\nR2 out 0 1k\n.ac lin 3 100 300\n.end\n' >wrong.cir
printf 'loop\nV1 in 0 AC 1\nV2 in 0 AC 2\nR2 in 0 1k\n.ac lin 3 100 300\n.end\n' >loop.cir

complain() {
    echo "FAIL: $*"
    wrong=$((wrong + 1))
}

# expect STATUS WORDS...: runs the program; stdout and stderr go to the files out and err.
expect() {
    local want=$1 status=0
    shift
    "$program" "$@" >out 2>err </dev/null || status=$?
    [ "$status" -eq "$want" ] && return
    complain "balspice $*: exit status $status, not $want"
    sed 's/^/    /' err | head -n 5
}

# says FILE TEXT: FILE holds TEXT.
says() {
    grep -qF -- "$2" "$1" && return
    complain "$1 does not say '$2'"
    sed 's/^/    /' "$1" | head -n 20
}

silent() {
    [ ! -s "$1" ] || complain "$1 is not empty: $(head -n 2 "$1")"
}

no_temporary_files() {
    local left
    left=$(find . -name '*.tmp')
    [ -z "$left" ] || complain "left behind: $left"
}

finish() {
    [ "$wrong" -eq 0 ] || echo "$wrong failures"
    exit $((wrong > 0))
}
