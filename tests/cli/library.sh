#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# library.sh PROGRAM SRCDIR: parts are found by their names alone, and shown by `balspice models`.
. "$2/tests/support/cli.sh"

mkdir parts
cat >parts/a.lib <<'LIB'
* pad: two resistors
* pins: in out
* param r=2.2k ohm   series arm   [a book]
.subckt pad in out r=2.2k
R1 in out {r}
Xlow out arm
.ends
.model soft res r=4.7k
.subckt bad a
R1 a 0 1k,5
.ends
.ac lin 3 100 300
LIB
cat >parts/b.lib <<'LIB'
* arm: the resistor to ground, from another file
* pins: a
.subckt arm a
R1 a 0 4.7k
.ends
LIB
deck() {
    printf 'part\nV1 in 0 AC 1\n%s\n.ac list 1k\n.print ac v(out)\n.claim "level" %s breaks="V1=2"\n.end\n' "$1" "$2" >x.cir
}

# A part that uses a part of another file, a model, and the deck's own definition before the library's.
deck 'X1 in out pad' 'within(mag(v(out)), 4.7/6.9, 1e-12)'
expect 0 test -I parts x.cir
says err "a.lib:12:1: warning: '.ac' outside of a part is passed over"
deck 'X1 in out pad r=4.7k' 'within(mag(v(out)), 0.5, 1e-12)'
expect 0 test -I parts x.cir
deck 'R1 in out 4.7k
R2 out 0 soft' 'within(mag(v(out)), 0.5, 1e-12)'
expect 0 test -I parts x.cir
deck 'X1 in out pad
.subckt arm a
R1 a 0 2.2k
.ends
Xown out arm' 'within(mag(v(out)), 0.405172413793103448, 1e-12)'
expect 0 test -I parts x.cir

# Nothing is read before a name is missing; what is wrong in a part is told with file and instance.
echo '.subckt' >parts/c.lib
expect 0 check -I parts rc.cir
silent err
deck 'X1 out bad
R1 in out 1k' 'v(out) == 0'
expect 3 run -I parts x.cir
says err "parts/a.lib:10:"
says err "in X1, instance at x.cir:3:1"
deck 'X1 in out pda' 'v(out) == 0'
expect 3 run -I parts x.cir
says err "no subcircuit 'pda'; did you mean 'pad'?"
deck 'R1 in out 1k
R2 out 0 sotf' 'v(out) == 0'
expect 3 run -I parts x.cir

# The library that comes with the program: by name, by .lib and by .include.
deck 'X1 in out out 0 opamp_ne5532' 'within(mag(v(out)), 1, 1e-3)'
expect 0 test x.cir
for card in '.lib opamps.lib' '.include opamps.lib'; do
    deck "X1 in out out 0 opamp_ne5532
$card" 'within(mag(v(out)), 1, 1e-3)'
    expect 0 test x.cir
done
deck 'X1 in out out 0 opamp_ne5523' 'v(out) == 0'
expect 3 run x.cir
says err "did you mean 'opamp_ne5532'?"

# balspice models
expect 0 models
grep -q '^  opamp_ne5532 *op-amp NE5532' out || complain "models does not list opamp_ne5532"
expect 0 models -I parts pad
says out "X1 in out pad"
grep -qE '^  r +2.2k +ohm +series arm +a book$' out || complain "models pad: $(cat out)"
expect 2 models opamp_ne5523
says err "no part 'opamp_ne5523' in the library; did you mean 'opamp_ne5532'?"
finish
