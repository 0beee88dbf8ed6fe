#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# annotate.sh PROGRAM SRCDIR: workflow commands for GitHub, escaped, on stderr and only where asked for.
. "$2/tests/support/cli.sh"

unset GITHUB_ACTIONS
expect 1 test fails.cir
silent err
expect 1 test --annotate=github fails.cir
says err "::error file=fails.cir,line=6,title=the claim fails::halves #1 are twice: -6.02 dB (limit 3.00 dB)"
export GITHUB_ACTIONS=true
expect 1 test fails.cir
says err "::error file=fails.cir,line=6,title=the claim fails::"
expect 1 run --quiet fails.cir
says err "::error file=fails.cir,line=6,title=the claim fails::"
expect 1 test --annotate=never fails.cir
silent err
expect 3 check wrong.cir
says err "::error file=wrong.cir,line=3,col=7,title=E302::expected a value"
mkdir 'a,b'
sed 's/halves #1 are/100% of: a, b/' fails.cir >'a,b/c:d%.cir'
expect 1 test 'a,b'
says err "::error file=a%2Cb/c%3Ad%25.cir,line=6,title=the claim fails::100%25 of: a, b twice"
printf 'title\nV1 in 0 AC 1\nR1 in 0 -1k\n.ac lin 1 1k 1k\n' >negative.cir
expect 0 run -o x.csv negative.cir
says err "::warning file=negative.cir,line=3,col="
expect 0 run --quiet negative.cir
silent err
finish
