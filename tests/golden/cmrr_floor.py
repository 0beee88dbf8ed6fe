#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""cmrr_floor.py BALSPICE SRCDIR ORACLE: difference amplifiers of gain A = 1e5 ... 1e12 with one resistor off by m.

Exact, with k = R4/(R3 + R4): v(oc) = A (k - 1/2)/(1 + A/2), v(od) = A (k/2 + 1/4)/(1 + A/2), CMRR = |od/oc|.
Two ways: from the node voltages, and by a .cmrr card on the second copy. Each must be right to 0.01 dB; with m = 0
the common-mode gain must be below 1e-25."""
import decimal
import glob
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib

NULL = decimal.Decimal("1e-25")
CARD = ".cmrr rx out=v(od) signal=0.5*V2-0.5*V3 common=V2+V3\n"


def exact(deck):
    with open(deck, encoding="utf-8") as file:
        text = file.read()
    gain = decimal.Decimal(re.search(r"^E1 \S+ \S+ \S+ \S+ (\S+)", text, re.M).group(1))
    r4 = decimal.Decimal(re.search(r"^R4a \S+ \S+ (\S+)", text, re.M).group(1))
    k, half = r4 / (10000 + r4), decimal.Decimal("0.5")
    return gain * (k - half) / (1 + gain / 2), gain * (k / 2 + half / 2) / (1 + gain / 2)


def db(ratio):
    return 20 * ratio.log10()


def judge(common, signal, want):
    """(what to print, true if good) of the magnitudes of the two gains."""
    if not (common.is_finite() and signal.is_finite()):
        return "not finite", False
    if want[0] == 0:
        return "null, %.0e left" % common, common <= NULL
    if common == 0:
        return "infinite", False
    error = abs(db(signal / common) - db(abs(want[1]) / abs(want[0])))
    return "%10.4f dB, off by %.1e" % (db(signal / common), error), error <= decimal.Decimal("0.01")


def by_nodes(table):
    row = table.rows[0]
    return lib.magnitude(table.at(row, "v(oc)")), lib.magnitude(table.at(row, "v(od)"))


def by_card(program, deck):
    with open(deck, encoding="utf-8") as file:
        text = file.read().replace("\n.end\n", "\n" + CARD + ".end\n")
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "with_card.cir")
        with open(copy, "w", encoding="utf-8") as file:
            file.write(text)
        table = lib.balspice(program, copy)
    row = table.rows[0]
    return lib.magnitude(table.at(row, "rx.common")), lib.magnitude(table.at(row, "rx.signal"))


def main():
    program, source, oracle, _ = lib.arguments()
    ways = []
    if oracle:
        ways.append(("oracle", lambda deck: by_nodes(lib.oracle(oracle, deck))))
    if program:
        ways.append(("nodes", lambda deck: by_nodes(lib.balspice(program, deck))))
        ways.append((".cmrr", lambda deck: by_card(program, deck)))
    failed = 0
    for deck in sorted(glob.glob(os.path.join(source, "tests", "golden", "cmrr_floor", "*.cir"))):
        for title, solve in ways:
            try:
                text, good = judge(*solve(deck), exact(deck))
            except lib.Failed as why:
                text, good = str(why), False
            failed += not good
            print("%-14s %-7s %s%s" % (os.path.basename(deck)[:-4], title, text, "" if good else "   WRONG"))
    print("%d wrong" % failed)
    return 1 if failed else 0


sys.exit(main())
