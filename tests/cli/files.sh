#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# files.sh PROGRAM SRCDIR: output files by extension, written whole or not at all.
. "$2/tests/support/cli.sh"

expect 0 run rc.cir -o a.csv -o b.raw -o c.raw
head -n 1 a.csv | grep -q '^frequency,re(v(' || complain "header of a.csv: $(head -n 1 a.csv)"
says b.raw "Binary:"
cmp -s b.raw c.raw || complain "two files of one run differ"
grep -q frequency out && complain "a table is printed although there are files"
expect 0 run rc.cir --raw=ascii -o d.raw -o d.csv
says d.raw "Values:"
cp a.csv first.csv
expect 0 run rc.cir -o a.csv
cmp -s a.csv first.csv || complain "two runs differ"

for name in x x.txt .csv.d/x x.csv.gz; do
    expect 2 run rc.cir -o "$name"
    says err ".csv"
    says err ".raw"
done
mkdir folder.csv
expect 5 run rc.cir -o folder.csv
expect 5 run rc.cir -o nosuch/x.csv
says err "nosuch/x.csv"

# What fails leaves the old file as it was.
echo old >keep.csv
expect 3 run wrong.cir -o keep.csv
expect 4 run loop.cir -o keep.csv
expect 5 run rc.cir -o keep.csv -o nosuch/x.csv
[ "$(cat keep.csv)" = old ] || complain "a failed run changed keep.csv"
if [ -c /dev/full ]; then
    ln -s /dev/full full.csv
    expect 5 run rc.cir -o full.csv
    says err "No space left"
    expect 5 run rc.cir -o full.csv -o keep.csv
    [ "$(cat keep.csv)" = old ] || complain "a failed run changed keep.csv"
    [ -L full.csv ] || complain "the link was replaced"
fi
(
    ulimit -f 1
    status=0
    "$program" run rc.cir -q --freq "$(seq -s, 1 3000)" -o keep.csv 2>err || status=$?
    [ $status -eq 5 ]
) || complain "a file beyond the limit of its size: not exit status 5"
[ "$(cat keep.csv)" = old ] || complain "a failed run changed keep.csv"
if [ "$(id -u)" -ne 0 ]; then
    chmod 0444 keep.csv
    expect 5 run rc.cir -o keep.csv
    chmod 0644 keep.csv
    mkdir locked && chmod 0555 locked
    expect 5 run rc.cir -o locked/x.csv
    chmod 0755 locked
fi

# A claim that fails does not take the results away.
expect 1 run fails.cir -o fails.csv
[ -s fails.csv ] || complain "no results of a deck whose claim fails"

# Mode and links of the file that is replaced stay.
chmod 0640 keep.csv
ln -s keep.csv link.csv
expect 0 run rc.cir -o link.csv
[ -L link.csv ] || complain "the link was replaced by a file"
[ "$(stat -c %a keep.csv)" = 640 ] || complain "mode $(stat -c %a keep.csv) instead of 640"
cmp -s keep.csv a.csv || complain "the file behind the link is not the result"
(umask 027 && "$program" run -q rc.cir -o masked.csv)
[ "$(stat -c %a masked.csv)" = 640 ] || complain "mode $(stat -c %a masked.csv) with umask 027"

# A pipe is written directly.
mkfifo pipe.csv
cat pipe.csv >piped &
expect 0 run rc.cir -o pipe.csv
wait
cmp -s piped a.csv || complain "the pipe got something else"
no_temporary_files
finish
