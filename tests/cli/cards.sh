#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cards.sh PROGRAM SRCDIR: what cards print besides the sweep: measures, transfer functions, columns
# that are not named one by one, and cards that are ignored once.
. "$2/tests/support/cli.sh"

cat >measures.cir <<'DECK'
measures
V1 in 0 AC 2
R1 in out 1k
C1 out 0 159.15494309189535n
.ac dec 5 10 100k
.print ac vm(out)
.meas ac corner when vm(out)={sqrt(2)}
.meas ac z find v(out) at=1k
.meas ac top max vdb(out) from=20
.meas ac never when vm(out)=7
.end
DECK
expect 1 measures.cir
says out "corner = 1000 Hz"
says out "z      = 1-1j V at 1000 Hz"
says out "top    = 6.018863083 dB at 20 Hz"
says out "never  failed: it does not cross the level"
expect 1 -q measures.cir
[ "$(cat out)" = "never failed: it does not cross the level" ] || complain "-q prints: $(cat out)"
expect 1 test measures.cir
says out "not ok 1 - never   it does not cross the level"
says out "0 passed, 1 failed"
expect 1 run --json measures.cir
says out '"name": "never"'
says out '"failure": "it does not cross the level"'

sed 's/^R1 .*/.param r=1k\nR1 in out {r}\n.step param r list 1k 2k\n.step temp list 27 50/
     s/when vm(out)=7/when vm(out)=0.01 from=18k/' measures.cir >steps.cir
expect 1 steps.cir
says out "temp  r     corner/Hz  z/V       top/dB       never/Hz"
says out "27    1000  1000       1-1j      6.018863083  failed"
says out "50    2000  500        0.4-0.8j  6.013656755  99998.74999"
says out "never failed: it does not cross the level (2 of 4 runs, the first is run 1)"

cat >transfer.cir <<'DECK'
transfer functions, with the figures of ngspice 39
V1 in 0 DC 1
R1 in out 1k
R2 out 0 3k
Vm out q 0
R3 q 0 6k
I2 0 q 0
.tf v(out) V1
.tf i(Vm) V1
.tf v(out,in) I2
.end
DECK
expect 0 transfer.cir
says out "tf(v(out),v1)"
says out "666.667e-3     3.00000e3       666.667"
says out "111.111e-6     3.00000e3     6.75000e3"
says out "666.667       666.667          666.667"

cat >columns.cir <<'DECK'
columns
V1 in 0 AC 1
R1 in out 1k
Vm out q
R3 q 0 6k
.ac lin 1 1k 1k
.plot ac vdb(out) (-60, 0) v(*) @r1[i] vm#branch
.save all @r3[p]
.tran 1 2
.ic v(out)=1
.tran 1 3
.nodeset v(out)=1
.nodeset v(q)=1
.four 1k v(out)
.disto dec 3 1k 10k
.end
DECK
expect 0 columns.cir
for name in 'vdb(out)' '@r1[i]' 'vm#branch' 'v(in)' 'v(q)'; do
    says out "$name"
done
for word in tran ic nodeset four disto; do
    [ "$(grep -c "'\.$word' has no meaning" err)" -eq 1 ] || complain "'.$word' is not ignored once"
done
expect 0 run -o c.csv columns.cir
head -n 1 c.csv | grep -q 're(v(q)).*re(i(V1)).*re(@r3\[p\])' || complain "columns of c.csv: $(head -n 1 c.csv)"

cat >units.cir <<'DECK'
units of columns
V1 in 0 AC 1
R1 in out 1k
R2 out 0 3k
.ac lin 1 1k 1k
.print ac im(V1) im(R1) im(v(out)) img(i(R1)) m(v(out)) re(v(out)) ph(v(out)) vp(out) db(v(out)/v(in)) dbu(v(out)) imag(p(R1)) vi(out) ii(R1)
+ im(zin(V1)) ip(R1) idb(R1) mag(v(out)) abs(i(V1)) v(out)-v(in) re(v(out))*2
.end
DECK
expect 0 units.cir
[ "$(sed -n 4p out | xargs)" = "Hz A A V A V V deg deg dB dBu W V A ohm deg dB V A dBV deg" ] ||
    complain "units: $(sed -n 4p out | xargs)"
# SPICE2's im(V1) is a magnitude, im(x) of anything else the imaginary part
[ "$(sed -n 5p out | awk '{print $2, $4}')" = "250.000e-6 0" ] || complain "im: $(sed -n 5p out)"

finish
