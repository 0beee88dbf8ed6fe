#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# stdout.sh PROGRAM SRCDIR: results on stdout, messages on stderr, and a stdout that takes nothing.
. "$2/tests/support/cli.sh"

expect 0 rc.cir
says out "low pass"
says out "ok 1 - the corner is at 1 kHz"
silent err
expect 0 run --quiet rc.cir
silent out
silent err
expect 1 run --quiet fails.cir
says out 'not ok 1 - halves \#1 are twice'
expect 3 run wrong.cir
silent out
says err "wrong.cir:3:"
expect 4 run loop.cir
says err "V"
expect 0 run rc.cir plain.cir
says out "low pass"
says out "divider"
expect 3 run wrong.cir rc.cir
says out "low pass"
expect 0 check rc.cir plain.cir
says out "rc.cir: ok"
expect 3 check wrong.cir

full() {
    local status=0
    "$program" "$@" >/dev/full 2>err || status=$?
    [ "$status" -eq 5 ] || complain "balspice $* >/dev/full: exit status $status"
    says err "cannot write to standard output"
}
closed() {
    local status=0
    "$program" "$@" >&- 2>err || status=$?
    [ "$status" -eq 5 ] || complain "balspice $* >&-: exit status $status"
}
for words in "run rc.cir" "test rc.cir" "help" "version" "help elements" "check rc.cir"; do
    # shellcheck disable=SC2086
    [ ! -c /dev/full ] || full $words
    # shellcheck disable=SC2086
    closed $words
done
# A closed descriptor must not become the output file.
"$program" run -q rc.cir -o x.csv >&- 2>&- <&- || complain "closed descriptors, nothing to print: exit status $?"
head -n 1 x.csv | grep -q '^frequency,' || complain "x.csv begins with: $(head -n 1 x.csv)"

# A reader that goes away is no reason for a message.
"$program" run rc.cir --freq "$(seq -s, 1 20000)" 2>err | head -n 1 >/dev/null
silent err

# Colour only for terminals, or on demand.
expect 3 run wrong.cir
grep -q "$(printf '\033')" err && complain "colour without a terminal"
expect 3 run --color=always wrong.cir
says err "$(printf '\033[1;31merror:\033[0m')"
status=0
NO_COLOR=1 "$program" run --color=never wrong.cir 2>err || status=$?
grep -q "$(printf '\033')" err && complain "colour with --color=never"
if ! script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    echo "no pseudo-terminal here: colour on a terminal is not checked"
else
    TERM=xterm script -qec "'$program' run wrong.cir" /dev/null >seen 2>&1 </dev/null
    says seen "$(printf '\033[1;31merror:')"
    TERM=xterm NO_COLOR=1 script -qec "'$program' run wrong.cir" /dev/null >seen 2>&1 </dev/null
    grep -q "$(printf '\033')" seen && complain "colour with NO_COLOR"
fi
finish
