#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# help.sh PROGRAM SRCDIR: help and reference come from the tables.
. "$2/tests/support/cli.sh"

expect 0 version
grep -qx 'balspice [0-9][0-9.]*' out || complain "version: $(cat out)"
mv out version
expect 0 --version
cmp -s out version || complain "--version differs from version"
expect 0 help
mv out overview
expect 0 --help
cmp -s out overview || complain "--help differs from help"
for word in run test check models help version; do
    says overview "$word"
    expect 0 help $word
    mv out page
    says page "usage: balspice"
    expect 0 $word --help
    cmp -s out page || complain "'$word --help' differs from 'help $word'"
done
expect 0 help test
says out "--breaks"
expect 0 help run
grep -q -e '--breaks' out && complain "help run tells of --breaks"
for topic in elements functions cards diagnostics options; do
    says overview "$topic"
    expect 0 help $topic
    grep -q '^|' out || complain "help $topic has no table"
done

# Every option of the overview stands in the man page.
manual=$2/solver/man/balspice.1.scd
# shellcheck disable=SC2013 # options are words
for option in $(grep -oE -e '--[a-z-]+' overview | sort -u); do
    says "$manual" "$option"
done
if command -v scdoc >/dev/null; then
    scdoc <"$manual" >page.1 || complain "scdoc refuses $manual"
fi
finish
