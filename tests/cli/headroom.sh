#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# headroom.sh PROGRAM SRCDIR: NAME.headroom of .hum against 20 lg(vmax / level), and which element is named.
. "$2/tests/support/cli.sh"

lacks() {
    ! grep -qF -- "$2" "$1" || complain "$1 says '$2'"
}

# near NAME VALUE: the line of the measure NAME holds VALUE within 1e-7 dB.
near() {
    awk -v name="$1" -v want="$2" '$1 == name { found = ($3 - want)^2 < 1e-14 } END { exit !found }' out ||
        complain "'$1' is not $2: $(grep -F "$1" out)"
}

# 4 dBu into 3 k and 7 k: 0.7 of it at R2 and -2.5 times that at E1. Levels are closed forms.
cat >d.cir <<'DECK'
levels
.spectrum m mains=50
Vg g 0 ac 0.02 spectrum=m
Vs in g ac 2.385
R1 in out 3k vmax=8
R2 out 0 7k vmax={lim}
E1 far 0 0 out 2.5 vmax=4.5
R3 far 0 1k
.param lim=2.385
.ac list 20 20k
.print v(out)
.hum h out=v(out) from=Vg nominal=4dBu signal=Vs
.end
DECK
expect 0 run d.cir
near h.headroom "$(awk 'BEGIN { l = 20 / log(10); printf "%.12g", l * log(4.5 / (1.75 * sqrt(0.6))) - 4 }')"
says out "dB, E1 clips first"
says out "h: what clips first"
says out "     E1       2.14839       4.50000        6.42"
expect 0 run --set lim=1.1 d.cir
near h.headroom "$(awk 'BEGIN { l = 20 / log(10); printf "%.12g", l * log(1.1 / (0.7 * sqrt(0.6))) - 4 }')"
says out "dB, R2 clips first"
expect 0 run --json --set lim=1.1 d.cir
says out '"note": "R2 clips first"'

# Half of the emf drives: 6.02 dB more.
sed 's/signal=Vs/signal=0.5*Vs/' d.cir >half.cir
expect 0 run half.cir
near h.headroom "$(awk 'BEGIN { l = 20 / log(10); printf "%.12g", l * log(9 / (1.75 * sqrt(0.6))) - 4 }')"

# No level anywhere, no signal=, no limit.
sed 's/^R1 in/R1 far2/; s/^R3.*/R3 far 0 1k\nR4 in 0 1k/' d.cir >none.cir
expect 1 run none.cir # no ratio of nothing to nothing
says out "h.headroom     = unbounded dB"
lacks out "dB, "
sed 's/ signal=Vs//' d.cir >still.cir
expect 0 run still.cir
lacks out headroom
says out "h: lines"
sed 's/vmax=[^ ]*//' d.cir >free.cir
expect 0 run free.cir
says out "h.headroom     = unbounded dB"
lacks out "dB, "

# An op-amp of the library: its output, or its inputs where vcm_max is less.
cat >opamp.cir <<'DECK'
follower
.spectrum m mains=60
Vg g 0 ac 0.1 spectrum=m
Vs in g ac 1
X1 in out out 0 opamp a0=1e12 vmax=9.2 vcm_max=11 cmrr=300 rid=1e18 ric=1e18 gbw=1e15 rout=0
R1 out 0 10Meg
.hum h out=v(out) from=Vg nominal=0dBV signal=Vs
.print v(out)
.end
DECK
expect 0 run opamp.cir
near h.headroom 19.2757565 # 20 lg 9.2 = 19.275756546...
says out "X1.Rswing clips first"
sed 's/vcm_max=11/vcm_max=7/' opamp.cir >input.cir
expect 0 run input.cir
near h.headroom 16.9019608 # 20 lg 7
says out "X1.Rip clips first"
finish
