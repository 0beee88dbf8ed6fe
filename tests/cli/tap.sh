#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tap.sh PROGRAM SRCDIR: `balspice test` numbers the claims of all decks through, and --breaks breaks them.
. "$2/tests/support/cli.sh"

mkdir -p set/b/c set/.hidden set/empty
cp rc.cir set/z.cir
cp fails.cir set/b/a.cir
cp rc.cir set/b/c/x.cir
cp rc.cir set/.hidden/no.cir
cp wrong.cir set/part.inc

expect 0 test rc.cir plain.cir
[ "$(head -n 1 out)" = "TAP version 13" ] || complain "first line: $(head -n 1 out)"
says out "ok 1 - the corner is at 1 kHz"
[ "$(tail -n 2 out)" = "$(printf '1..1\n1 passed, 0 failed')" ] || complain "last lines: $(tail -n 2 out)"

# within() tells what it found and how far off that is.
printf 'near\nV1 a 0 AC 2.385\nR1 a 0 47k\n.ac list 1k\n.claim "level" within(db(v(a)), 7.5, 0.1) source="s"\n.end\n' >near.cir
expect 0 test near.cir
says out "ok 1 - level   7.55 dB, 0.05 dB off (limit 0.10 dB) at 1000 Hz   s"

expect 1 test set
[ "$(grep -c '^ok ' out)" -eq 2 ] || complain "$(grep -c '^ok ' out) claims of the folder hold, not 2"
grep -q '^not ok 1 - halves \\#1 are twice' out || complain "b/a.cir does not come first"
says out 'file: "set/b/a.cir"'
says out "line: 6"
[ "$(tail -n 1 out)" = "2 passed, 1 failed" ] || complain "summary: $(tail -n 1 out)"
if command -v prove >/dev/null; then
    prove --exec cat out >proved 2>&1
    says proved "Failed 1/3 subtests"
    grep -q "Parse errors" proved && complain "$(cat proved)"
fi

# Decks that cannot be solved are failed tests, and theirs is the exit status.
expect 3 test rc.cir wrong.cir
says out "not ok 2 - wrong.cir"
[ "$(tail -n 1 out)" = "1 passed, 1 failed" ] || complain "summary: $(tail -n 1 out)"
says err "wrong.cir:3:"
expect 4 test fails.cir loop.cir
expect 5 test rc.cir nosuch.cir
expect 2 test set/empty
says err "there is no *.cir in 'set/empty'"

expect 0 test --breaks rc.cir
says out "ok 1 - the corner is at 1 kHz   fails with R1=100"
expect 1 test --breaks fails.cir
says out "has no breaks="
says out "line: 6"
sed 's/breaks="R1=100"/breaks="R1=900 C1=200n"/' rc.cir >tough.cir
expect 1 test --breaks tough.cir
says out "it still holds with R1=900 C1=200n"
sed 's/breaks="R1=100"/breaks="R9=100"/' rc.cir >unknown.cir
expect 2 test --breaks unknown.cir
says out "not ok 1"
expect 1 test rc.cir --set R1=100
finish
