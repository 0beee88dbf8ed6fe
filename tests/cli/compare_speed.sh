#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# labels: slow
# timeout: 300
# compare_speed.sh PROGRAM SRCDIR: every receiver with every driver and five cables, about 100 frequencies each, in 10 s on
# two processors: 20 s of processor time, which a busy machine changes little. All have all values. A program that is
# slowed down (sanitizers, coverage, debugging) does one driver, in any time.
. "$2/tests/support/cli.sh"

drivers=all
least=500
limit=20
if [ -n "${BAL_SANITIZE-}${BAL_COVERAGE-}" ] || grep -aq '\.debug_info' "$program"; then
    drivers=drv_symmetrical
    least=50
    limit=1000
fi
five=mic_pair_braid,install_pair_foil,snake_pair,belden_8451,star_quad_pair
TIMEFORMAT=%U
seconds=$({ time expect 0 compare --receivers=all --drivers=$drivers --cables=$five -o all.csv; } 2>&1 | tail -n 1)
rows=$(($(wc -l <all.csv) - 1))
echo "$rows combinations: $seconds s of processor time"
[ "$rows" -ge $least ] || complain "only $rows rows"
! grep -q ',,' all.csv || complain "rows without some value: $(grep -m 1 ',,' all.csv)"
[ -z "$(tail -n +2 all.csv | sed 's/.*,//' | tr -d '\n')" ] || complain "rows without values"
awk -v s="$seconds" -v limit=$limit 'BEGIN { exit s > limit }' || complain "$seconds s are more than $limit"
finish
