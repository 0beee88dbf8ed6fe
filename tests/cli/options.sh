#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# options.sh PROGRAM SRCDIR: mistakes on the command line are exit status 2, name the word and the nearest one.
. "$2/tests/support/cli.sh"

expect 2
says err "needs a deck"
expect 2 run
expect 2 test
expect 2 check
expect 2 run --quite rc.cir
says err "unknown option '--quite'; did you mean '--quiet'?"
silent out
expect 2 tset rc.cir
says err "'tset' is neither a command nor a file; did you mean 'test'?"
expect 2 run -x rc.cir
says err "unknown option '-x'"
expect 2 run rc.cir --set
says err "'--set' needs an argument"
expect 2 run --quiet=1 rc.cir
says err "takes no argument"
expect 2 run --color=blue rc.cir
says err "auto|always|never"
expect 2 run --raw=text rc.cir
for count in 0 -1 1k 99999999999999999999999 ''; do
    expect 2 run --max-runs="$count" rc.cir
    says err "whole number above 0"
done
expect 2 run --breaks rc.cir
says err "'--breaks' is not an option of 'run'"
expect 2 check -o x.csv rc.cir
expect 2 help elephants
says err "no help on 'elephants'; did you mean 'elements'?"
expect 2 run --set nosuch=3 rc.cir
says err "nosuch"
expect 2 run rc.cir plain.cir -o x.csv
says err "one deck"
expect 5 run nosuch.cir
says err "nosuch.cir"
expect 5 ./nosuch

# The same option in its forms, before and behind the deck.
for words in "-o x.csv rc.cir" "rc.cir -ox.csv" "--output=x.csv run rc.cir" "run --output x.csv -- rc.cir" \
    "-q -o x.csv rc.cir" "-qox.csv rc.cir"; do
    rm -f x.csv
    # shellcheck disable=SC2086
    expect 0 $words
    [ -s x.csv ] || complain "no x.csv from: $words"
done
cp rc.cir -- -dash.cir
expect 0 run -q -- -dash.cir
cp rc.cir test
expect 0 run -q ./test
expect 0 run --threads 2 --max-runs 7 --lenient --werror -I . -q rc.cir

# Settings and frequencies reach the deck.
expect 0 run rc.cir --freq 1k,2k -o x.csv
[ "$(wc -l <x.csv)" -eq 3 ] || complain "--freq 1k,2k gives $(wc -l <x.csv) lines"
says x.csv "$(printf '\n2000,')"
expect 2 run rc.cir --freq 1k,soon
expect 1 run -q rc.cir --set R1=100
finish
