#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# junit.sh PROGRAM SRCDIR: JUnit XML is well formed whatever the texts, and counts what TAP counts.
. "$2/tests/support/cli.sh"

# counts XPATH N
counts() {
    local n
    n=$(xmllint --xpath "count($1)" x.xml) || complain "xmllint does not read x.xml"
    [ "$n" = "$2" ] || complain "count($1) is $n, not $2"
}

cat >hard.cir <<'DECK'
texts <that> & "need" escapes
V1 in 0 AC 1
R1 in 0 1k
.ac lin 1 1k 1k
.claim "a < b & c > d: µ ]]>" db(at(v(in),1k)) > 3 source="A & B <c>"
DECK
expect 3 test --junit x.xml rc.cir fails.cir wrong.cir hard.cir plain.cir
says out "1 passed, 3 failed"
if ! command -v xmllint >/dev/null; then
    echo "SKIPPED: no xmllint"
    exit 77
fi
xmllint --noout x.xml 2>said || complain "$(cat said)"
counts '/testsuites/testsuite' 5
counts '//testcase' 4
counts '//testcase/failure' 2
counts '//testcase/error' 1
counts '//testsuite[@name="wrong.cir" and @tests=1 and @failures=0 and @errors=1]' 1
counts '//testsuite[@name="fails.cir" and @tests=1 and @failures=1 and @errors=0]' 1
counts '//testsuite[@name="plain.cir" and @tests=0]' 1
counts '//testcase[@classname="fails.cir" and @file="fails.cir" and @line=6]' 1
counts '//testcase[@name="a < b & c > d: µ ]]>"]' 1
counts '//failure[@type="fails" and .="A & B <c>"]' 1
counts '//error[contains(., "wrong.cir:3:")]' 1
cp x.xml y.xml
expect 3 test --junit x.xml rc.cir fails.cir wrong.cir hard.cir plain.cir
cmp -s x.xml y.xml || complain "two runs write different bytes"

printf 'a deck\nV1 in\001 0 \xff\n' >"$(printf 'b\xff\x01.cir')"
expect 3 test --junit x.xml "$(printf 'b\xff\x01.cir')"
xmllint --noout x.xml 2>said || complain "$(cat said)"
expect 1 test --breaks --junit x.xml rc.cir fails.cir
counts '//testcase/failure' 1
counts '//failure[@message="has no breaks="]' 1
expect 5 test --junit no/such/folder.xml rc.cir
says err "cannot write 'no/such/folder.xml'"
expect 2 run --junit x.xml rc.cir
no_temporary_files
finish
