#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# json.sh PROGRAM SRCDIR: --json and -o x.json, read by Python's json module.
. "$2/tests/support/cli.sh"

# reads FILE EXPRESSION: Python finds the expression true for the object d in FILE.
reads() {
    python3 - "$1" "$2" >said 2>&1 <<'PYTHON' || complain "$1: not $2: $(tail -n 1 said)"
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    d = json.load(file, parse_constant=lambda word: sys.exit(word + " is no JSON"))
assert eval(sys.argv[2]), json.dumps(d)[:600]
PYTHON
}

expect 0 run rc.cir -o x.json
says out "ok 1 - the corner is at 1 kHz"
reads x.json 'd["schema"] == 1 and d["title"] == "low pass" and len(d["results"]) == 1'
reads x.json '[v["name"] for v in d["results"][0]["vectors"]] == ["frequency", "v(in)", "v(out)", "i(V1)"]'
reads x.json '[v["unit"] for v in d["results"][0]["vectors"]] == ["Hz", "V", "V", "A"]'
reads x.json '[v["kind"] for v in d["results"][0]["vectors"]] == ["real"] + 3 * ["complex"]'
reads x.json 'd["results"][0]["frequencies"] == len(d["results"][0]["runs"][0]["points"]) == 21'
reads x.json 'd["results"][0]["steps"] == [] and d["results"][0]["runs"][0]["steps"] == []'
reads x.json 'max(abs(complex(*p[2]) - 1 / (1 + 1j * p[0] / 1e3)) for p in d["results"][0]["runs"][0]["points"]) < 1e-13'
reads x.json 'd["claims"] == [{"text": "the corner is at 1 kHz", "verdict": "holds", "detail": "-3.01 dB (limit -3.00 dB)",
    "source": "RC", "breaks": "R1=100", "file": "rc.cir", "line": 6}]'
expect 0 run --json rc.cir
cmp -s out x.json || complain "--json and -o x.json differ"
expect 0 run --json -o y.json rc.cir
cmp -s out y.json || complain "--json beside -o differs"

# Steps, bounds, the operating point, and a null.
sed -e 's/^R1.*/R1 in out {r}/' -e 's/^\.ac.*/.param r=2.2k\n.step param r list 1k 220\n.op\n.ac lin 2 1k 2k/' rc.cir >step.cir
expect 1 run --json step.cir
reads out '[r["title"] for r in d["results"]] == ["operating point", "low pass"]'
reads out 'd["results"][1]["steps"] == [{"name": "r", "values": 2}]'
reads out '[r["steps"] for r in d["results"][1]["runs"]] == [[1000], [220]]'
reads out 'd["claims"][0]["verdict"] == "fails"'
cat >null.cir <<'DECK'
a µ-null "quoted"
V1 in 0 AC 1
R1 in a 1k
R2 a 0 1k
R3 in b 1k
R4 b 0 1k
.ac lin 1 1k 1k
.cmrr rx out=v(a,b) signal=V1 common=V1
.end
DECK
expect 0 run --json null.cir
reads out 'd["title"] == "a µ-null \"quoted\""'
reads out '[(v["name"], p) for v, p in zip(d["results"][0]["vectors"], d["results"][0]["runs"][0]["points"][0])
    if v["kind"] == "bound"] == [("rx.bound", "inf")]'

# Without a result a run prints the record that a check prints, and one object for each deck.
for deck in wrong.cir nosuch.cir; do
    "$program" check --json $deck >checked 2>/dev/null </dev/null
    expect $? run --json $deck
    cmp -s out checked || complain "run --json $deck prints: $(cat out)"
done
printf 'loop\nV1 a 0 AC 1\nV2 a 0 AC 2\n.ac lin 1 1k 1k\n' >loop.cir
expect 4 run --json loop.cir
reads out 'd["schema"] == 1 and [k["exit"] for k in d["decks"]] == [4] and d["decks"][0]["messages"][0]["number"] == 404'
expect 2 run --json --set nosuch=3 rc.cir
reads out 'd["decks"][0]["exit"] == 2 and "nosuch" in d["decks"][0]["messages"][0]["text"]'
expect 3 run --json rc.cir wrong.cir
python3 -c 'import json
text, kinds = open("out", encoding="utf-8").read().strip(), []
while text:
    d, n = json.JSONDecoder().raw_decode(text)
    kinds.append(sorted(d)[-1])
    text = text[n:].strip()
assert kinds == ["title", "schema"], kinds' || complain "run --json of two decks"

# Many decks: every one has a record, with its messages.
printf 'V1 \xb5\xff 0\n' >"$(printf 'b\xff.cir')"
expect 3 test --json rc.cir fails.cir wrong.cir "$(printf 'b\xff.cir')"
reads out '[k["exit"] for k in d["decks"]] == [0, 1, 3, 3]'
reads out '[k["file"] for k in d["decks"]] == ["rc.cir", "fails.cir", "wrong.cir", "b\ufffd.cir"]'
reads out '[len(k["claims"]) for k in d["decks"]] == [1, 1, 0, 0]'
reads out 'd["decks"][1]["claims"][0]["verdict"] == "fails" and d["decks"][1]["result"] == "a claim does not hold"'
reads out '[(m["level"], m["file"], m["line"]) for m in d["decks"][2]["messages"]] == [("error", "wrong.cir", 3)]'
expect 1 test --json --breaks rc.cir fails.cir
reads out '[k["claims"][0]["detail"] for k in d["decks"]] == ["fails with R1=100", "has no breaks="]'
expect 3 check --json rc.cir wrong.cir
reads out '[(k["exit"], k["result"]) for k in d["decks"]] == [(0, "ok"), (3, "the deck is wrong")]'
finish
