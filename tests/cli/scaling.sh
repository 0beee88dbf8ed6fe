#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# labels: slow
# timeout: 600
# scaling.sh PROGRAM SRCDIR: a deck of 1e6 elements, and one of 1e6 comment lines, are checked in under 3 s; twice the
# size never takes more than 2.6 times as long. Sanitizers and coverage slow things down: sizes are then tenths and no
# limit in seconds holds.
. "$2/tests/support/cli.sh"

slow=1
[ -n "${BAL_SANITIZE-}${BAL_COVERAGE-}" ] && [ "${BAL_SANITIZE-}" != OFF ] && slow=10

# make KIND N: a deck of N things of one kind.
make() {
    awk -v kind="$1" -v n="$2" 'BEGIN {
        print "scaling\nV1 n0 0 AC 1"
        if (kind == "instances") print ".subckt part a b\nR1 a b 2.385k\n.ends"
        if (kind == "chain") print ".param p0=2.385"
        for (i = 1; i <= n; i++) {
            if (kind == "elements") printf "R%d n0 n%d 2.385k\n", i, i % 1000
            if (kind == "nodes") printf "R%d n%d n%d 2.385\n", i, i - 1, i
            if (kind == "comments") print "* a line that says nothing"
            if (kind == "parameters") printf ".param p%d=%d\n", i, i
            if (kind == "chain") printf ".param p%d={p%d+1}\n", i, i - 1
            if (kind == "instances") printf "X%d n0 n%d part\n", i, i % 1000
            if (kind == "couplings") printf "L%d n0 0 1m\nL%db n%d 0 1m\nR%d n%d 0 1k\nK%d L%d L%db 0.5\n", i, i, i, i, i, i, i, i
        }
        print "Rload n0 0 1k\n.ac lin 1 1k 1k\n.end"
    }' >"$1.cir"
}

# milliseconds KIND: took is that of the faster of two checks.
milliseconds() {
    local best=999999 start end
    for _ in 1 2; do
        start=$(date +%s%N)
        "$program" check "$1.cir" >out 2>err </dev/null
        [ $? -le 1 ] || complain "$1: $(head -n 1 err)"
        end=$(date +%s%N)
        [ $(((end - start) / 1000000)) -lt "$best" ] && best=$(((end - start) / 1000000))
    done
    took=$best
}

for kind in elements comments; do
    make $kind $((1000000 / slow))
    milliseconds $kind
    echo "$kind: $took ms for $((1000000 / slow))"
    [ "$slow" -gt 1 ] || [ "$took" -lt 3000 ] || complain "$kind: $took ms, not under 3000"
done

# 50 ms are allowed for noise: small decks take little more than that.
for kind in elements nodes comments parameters chain instances couplings; do
    last=0
    for n in 100000 200000 400000; do
        make $kind $((n / slow))
        milliseconds $kind
        echo "$kind: $took ms for $((n / slow))"
        [ "$last" -eq 0 ] || [ $((10 * took)) -le $((26 * last + 500)) ] || complain "$kind: $last ms, then $took ms"
        last=$took
    done
    rm -f "$kind.cir"
done
finish
