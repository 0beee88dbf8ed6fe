#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# compare.sh PROGRAM SRCDIR: `balspice compare` on a bench whose numbers are closed forms: ranking, CSV, JSON, messages.
. "$2/tests/support/cli.sh"
source=$2

# Parts of the deck itself: four ideal resistors around an ideal op-amp, 10 kohm or 25 kohm; 12k/6k; legs of 10 kohm to
# ground and an ideal difference; one resistor off by 1e-3; a low pass; two that do not work.
cat >bench.cir <<'DECK'
ideal bench
.subckt source sig hot cold ref
E1 hot ref sig ref 0.5
E2 cold ref sig ref -0.5
.ends
.subckt wires a1 a2 b1 b2 len=1
R1 a1 b1 {r}
R2 a2 b2 {r}
.param r=1n*len
.ends
.subckt four hot cold out ref r1=10k r2={r1} t=0
R1 cold n {r1}
R2 n out {r2}
R3 hot p {r1}
R4 p ref {r2*(1+t)}
E1 out ref p n 1e12
.ends
.subckt f10 hot cold out ref
X hot cold out ref four
.ends
.subckt f25 hot cold out ref
X hot cold out ref four r1=25k
.ends
.subckt f12 hot cold out ref
X hot cold out ref four r1=12k r2=6k
.ends
.subckt off hot cold out ref
X hot cold out ref four t=1m
.ends
.subckt legs HOT cold
+ out ref
R1 hot ref 10k
R2 cold ref 10k
E1 out ref hot cold 1
.ends
.subckt slow hot cold out ref
X hot cold x ref four
Rs x y 2.385k
Cs y ref 10n
E2 out ref y ref 1
.ends
.subckt flat hot cold out ref
R1 hot ref 10k
R2 cold ref 10k
E1 out ref hot cold 3
.ends
.subckt loop hot cold out ref
X hot cold out ref four
V1 out ref 0
.ends
.subckt other hot cold out
R1 hot out 1k
R2 cold out 1k
.ends
.param vg=0.1
.spectrum mains mains=60
Vs s g ac 1
Vg g 0 ac {vg} spectrum=mains
Xdriver s dh dc g source
Rh dh h 0
Rc dc c 0
Xcable h c rh rc wires len=3
Xreceiver rh rc out 0 f10
Rload out 0 1k noisy=0
Xalone p n o 0 f10
Ro o 0 1k
.ac dec 10 10 1Meg
.cmrr link out=v(out) signal=Vs common=Vg legs=Rh,Rc imbalance=10
.modes in port1=(p,n,0)
.noise noise v(out) Vs
.hum hum out=v(out) from=Vg
.meas iec find db(link.iec) at=60
.meas zd find mag(in.zd1) at=1k
.meas zc find mag(in.zc1) at=1k
.meas leg find mag(in.zc1_p) at=1k
.meas floor param=noise.out_dbu
.meas hum_dbu param=hum.dbu
.end
DECK

# table SETTINGS...: the CSV of the comparison as rows, checked by the Python expression in $check; r[PART] is a row.
holds() {
    python3 - "$1" "$2" <<'PYTHON' || complain "$1: $2"
import csv, sys
from math import *
rows = list(csv.DictReader(open(sys.argv[1])))
r = {row["receiver"]: {k: float(v) if v and k not in ("driver", "cable", "receiver", "reason") else v
                       for k, v in row.items()} for row in rows}
order = [row["receiver"] for row in rows]
db = lambda x: 20 * log10(x)
near = lambda a, b, tol=1e-6: abs(a - b) <= tol
noise = lambda ohm: 10 * log10(4 * 1.380649e-23 * 300.15 * ohm * 19980 / 0.6)
assert eval(sys.argv[2])
PYTHON
}

expect 0 compare bench.cir --receivers f10,f25,f12,legs -o x.csv -o x.json
silent out
silent err
# R in series with the hot leg is the worse one: (2 r1 + 10)/10, and with r2/r1 = 1/2 (r1 + r2 + 10)/10.
holds x.csv 'near(r["f10"]["iec"], db(2001)) and near(r["f25"]["iec"], db(5001))'
holds x.csv 'near(r["f12"]["iec"], db(1801)) and near(r["legs"]["iec"], db(1001))'
holds x.csv 'near(r["f10"]["iec"], 66.02, 0.01) and near(r["f25"]["iec"], 73.98, 0.005) and near(r["legs"]["iec"], 60, 0.01)'
# Data sheets of INA134 and INA137: 50 kohm and 24 kohm between the inputs, 50 kohm and 18 kohm of one leg.
holds x.csv 'near(r["f25"]["zd"], 50e3, 1) and near(r["f25"]["zc"], 25e3, 1) and near(r["f25"]["leg"], 50e3, 1)'
holds x.csv 'near(r["f12"]["zd"], 24e3, 1) and near(r["f12"]["zc"], 9e3, 1) and near(r["f12"]["leg"], 18e3, 1)'
holds x.csv 'near(r["f25"]["floor"], noise(100e3), 1e-5) and near(r["f10"]["floor"], noise(40e3), 1e-5)'
holds x.csv 'order == ["f25", "f10", "f12", "legs"] and [row["rank"] for row in rows] == ["1", "2", "3", "4"]'
holds x.csv 'all(row["driver"] == "source" and row["cable"] == "wires" and row["reason"] == "" for row in rows)'
python3 - <<'PYTHON' || complain "x.json"
import csv, json
d = json.load(open("x.json"))
rows = list(csv.DictReader(open("x.csv")))
assert d["schema"] == 1 and d["title"] == "ideal bench" and d["sort"] == "iec", d["title"]
assert d["slots"] == ["driver", "cable", "receiver"]
assert d["columns"][0] == {"name": "iec", "unit": "dB"} and d["columns"][1]["unit"] == "ohm"
assert len(d["rows"]) == len(rows) == 4
for a, b in zip(d["rows"], rows):
    assert a["parts"] == {k: b[k] for k in d["slots"]} and a["reason"] is None and a["failures"] == {}
    assert {k: float(v) for k, v in a["values"].items()} == {c["name"]: float(b[c["name"]]) for c in d["columns"]}
PYTHON

# Hum of 0.1 V through a resistor that is off by 1e-3: t/(2 + t) of it arrives.
expect 0 compare bench.cir --receivers off,slow --sort=hum_dbu -o x.csv
holds x.csv 'near(r["off"]["hum_dbu"], db(0.1 * 1e-3 / 2.001 / sqrt(0.6)))'
expect 0 compare bench.cir --receivers off --set vg=0.2 -o x.csv
holds x.csv 'near(r["off"]["hum_dbu"], db(0.2 * 1e-3 / 2.001 / sqrt(0.6)))'

# Threads change nothing.
expect 4 compare bench.cir --threads 1 -o one.csv
expect 4 compare bench.cir --threads 7 -o seven.csv
cmp one.csv seven.csv || complain "threads change the result"
expect 4 compare bench.cir --threads 999999 -o many.csv
cmp one.csv many.csv || complain "more threads than rows"

# A level ranks the quiet one first, and -NAME turns that round.
expect 0 compare bench.cir --receivers f25,f10,f12 --sort floor -o x.csv
holds x.csv 'order == ["f12", "f10", "f25"]'
expect 0 compare bench.cir --receivers f25,f10,f12 --sort=-floor -o x.csv
holds x.csv 'order == ["f25", "f10", "f12"]'
expect 0 compare bench.cir --receivers f12,f10,f25 --sort=ZC -o x.csv
holds x.csv 'order == ["f25", "f10", "f12"]'

# A card in a branch that does not count is not there.
sed -e 's/^\.param.*/&\n.if (0)\nXreceiver nowhere at all 0 off\n.endif/' bench.cir >branch.cir
grep -q "^Xreceiver nowhere" branch.cir || complain "branch.cir has no branch"
expect 0 compare bench.cir --receivers f25 -o x.csv
expect 0 compare branch.cir --receivers f25 -o y.csv
cmp x.csv y.csv || complain "a branch that is off counts"

# Some columns alone, in the order asked for; the first one ranks.
expect 0 compare bench.cir --receivers f10,f25,f12 --columns zc,IEC,zc -o x.csv
says x.csv "rank,driver,cable,receiver,zc,iec,reason"
holds x.csv 'order == ["f25", "f10", "f12"] and near(r["f10"]["iec"], db(2001)) and near(r["f12"]["zc"], 9e3, 1)'
expect 2 compare bench.cir --columns=zc,
says err "'bench.cir' has no measure ''"

# The table and the JSON on stdout.
expect 0 compare bench.cir --receivers=f10,f25
says out "ideal bench: by iec"
says out "driver  cable  receiver"
says out "source  wires  f25            73.98"
[ "$(grep -n f25 out | cut -d: -f1)" -lt "$(grep -n f10 out | cut -d: -f1)" ] || complain "f25 is not above f10"
expect 0 compare bench.cir --json --receivers=f10
says out '"receiver": "f10"'
expect 0 compare bench.cir --quiet --receivers=f10
silent out
# No option for a slot: the part that is drawn there. None at all: every receiver that fits.
expect 0 compare bench.cir --drivers=source
says out "source  wires  f10"
expect 4 compare bench.cir -o x.csv
holds x.csv '{"f10", "f12", "f25", "flat", "four", "legs", "loop", "off", "slow", "rcv_diff"} <= set(order)'
holds x.csv '"other" not in order and "phantom" not in order and len(order) == len(set(order)) == len(rows)'

# A combination without a solution is a last row that says why; so is one that does not even read.
expect 4 compare bench.cir --receivers=loop,f25 -o x.csv -o x.json
holds x.csv 'order == ["f25", "loop"] and r["loop"]["iec"] == "" and "loop" in r["loop"]["reason"]'
says x.json '"values": {}'
expect 4 compare bench.cir --receivers=loop,f25
says out "source wires loop: "
# A measure that fails leaves an empty cell.
sed 's/^\.end$/.meas bw when db(link.signal)=-3 fall=1 from=20\n.end/' bench.cir >bw.cir
expect 1 compare bw.cir --receivers=flat,slow --sort=bw -o x.csv -o x.json
holds x.csv 'order == ["slow", "flat"] and r["flat"]["bw"] == "" and r["flat"]["iec"] != ""'
holds x.csv 'near(r["slow"]["bw"] * 2 * pi * 2385 * 10e-9, sqrt(10 ** 0.3 - 1), 1e-9)'
says x.json '"failures": {"bw": '
expect 1 compare bw.cir --receivers=flat
says out "source wires flat: bw failed: it does not cross the level"

# Parts of folders and of the library; wrong ones.
mkdir mine
printf '.subckt mine hot cold out ref\nX hot cold out ref m2\n.ends\n.subckt m2 a b c d\nR1 a d 10k\nR2 b d 10k\nE1 c d a b 1\n.ends\n' >mine/mine.lib
expect 0 compare bench.cir -I mine --receivers=mine,rcv_ina134 -o x.csv
holds x.csv 'near(r["mine"]["iec"], db(1001)) and near(r["rcv_ina134"]["iec"], 73.98, 2)'
expect 2 compare bench.cir --receivers=f10,f24
says err "no part 'f24' in the library or the deck; did you mean 'f25'?"
expect 2 compare bench.cir --receivers=rcv_ina133
says err "did you mean 'rcv_ina134'?"
expect 2 compare bench.cir --receivers=other
says err "'other' cannot take the place of 'f10': its pins are hot cold out, not hot cold out ref"
expect 2 compare bench.cir --receivers=mic_pair_braid
says err "cannot take the place"
expect 2 compare bench.cir --cables=f10
says err "its pins are hot cold out ref, not a1 a2 b1 b2"
expect 2 compare bench.cir --receivers=
expect 2 compare bench.cir --sort=iecc
says err "no column 'iecc' to sort by; did you mean 'iec'?"
expect 2 compare bench.cir --columns=zc,iecc
says err "'bench.cir' has no measure 'iecc'; did you mean 'iec'?"
sed 's/Xdriver/Xdrive/' bench.cir >drive.cir
expect 2 compare drive.cir
says err "no card Xdriver: nothing to put a driver into; did you mean 'Xdrive'?"
# A part is replaced by its name: with one in two slots, the row would name what was not solved.
sed 's/^Xdriver.*/Xdriver s g dh dc wires/' bench.cir >twins.cir
expect 2 compare twins.cir --cables=wires
says err "Xdriver and Xcable of 'twins.cir' are both 'wires'"
expect 0 compare twins.cir --receivers=f10
grep -v '^.meas' bench.cir >bare.cir
expect 2 compare bare.cir
says err "no .meas card"
sed 's/^\.end$/.step param vg 1 2 1\n.end/' bench.cir >stepped.cir
expect 2 compare stepped.cir
says err "no .step"
expect 2 compare bench.cir -o x.raw
says err "x.raw"
expect 2 compare bench.cir bench.cir
says err "one deck"
expect 5 compare nosuch.cir
expect 5 compare bench.cir --receivers=f10 -o nosuch/x.csv
expect 3 compare wrong.cir
expect 2 run bench.cir --receivers=f10
says err "not an option of 'run'"
no_temporary_files

# The bench of the program; the data sheets of these two say 50 kohm and 24 kohm.
expect 0 compare --receivers=rcv_ina134,rcv_ina137 --cables=belden_8451,mic_pair_braid --drivers=drv_symmetrical,drv_impedance -o x.csv
holds x.csv 'len(rows) == 8 and near(r["rcv_ina134"]["zdiff"], 50e3, 50) and near(r["rcv_ina137"]["zdiff"], 24e3, 24)'
holds x.csv '[float(row["iec_60"]) for row in rows] == sorted([float(row["iec_60"]) for row in rows], reverse=True)'
expect 0 run "$source/netlists/receivers/bench.cir" -o y.json
python3 - <<'PYTHON' || complain "the bench alone and in a comparison differ"
import csv, json
row = next(r for r in csv.DictReader(open("x.csv"))
           if (r["driver"], r["cable"], r["receiver"]) == ("drv_symmetrical", "mic_pair_braid", "rcv_ina134"))
for m in json.load(open("y.json"))["measures"]:
    assert m["name"] not in row or float(row[m["name"]]) == m["value"], m
PYTHON
finish
