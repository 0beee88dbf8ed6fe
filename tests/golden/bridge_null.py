#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bridge_null.py BALSPICE SRCDIR ORACLE: a resistor bridge with a true null of 2.5e-9, wired in several ways.

v(o) and the current of the source from the two dividers, i.e. from fractions; both must be right to 1e-9 (the oracle
to 1e-24). ngspice 39 gives 2.56e-9 with R = 0 links (it makes 1 mOhm of them) and 0 with 1 uOhm links."""
from fractions import Fraction
import decimal
import os
import sys

sys.dont_write_bytecode = True
import golden_lib as lib

# deck: ohms in front of the arm with 10 k / 10 k and in front of the arm with 10 k / 10000.0001
DECKS = {
    "direct": ("0", "0"),
    "loaded_detector": ("0", "0"),
    "micro_links": ("1e-6", "1e-6"),
    "uneven_links": ("1e-6", "3e-3"),
    "zero_links": ("0", "0"),
    "zero_links_all": ("0", "0"),
}


def as_decimal(fraction):
    return decimal.Decimal(fraction.numerator) / decimal.Decimal(fraction.denominator)


def exact(links):
    """(v(o), i(Vcm)); SPICE counts the current that enters the source's first node."""
    arm = Fraction(10000), Fraction("10000.0001")
    total = [10000 + Fraction(link) + r for link, r in zip(links, arm)]
    return as_decimal(arm[1] / total[1] - arm[0] / total[0]), as_decimal(-1 / total[0] - 1 / total[1])


def errors(table, links):
    row = table.rows[0]
    want = exact(links)
    return [lib.distance(table.at(row, name), (value, 0), 0, 0)
            for name, value in (("v(o)", want[0]), ("i(vcm)", want[1]))]


def main():
    program, source, oracle, _ = lib.arguments()
    ways = [("oracle", lib.oracle, oracle, 1e-24), ("balspice", lib.balspice, program, 1e-9)]
    failed = 0
    for name, links in sorted(DECKS.items()):
        deck = os.path.join(source, "tests", "golden", "bridge_null", name + ".cir")
        for title, solve, path, limit in ways:
            if not path:
                continue
            try:
                found = errors(solve(path, deck), links)
                text, good = "v(o) off by %.1e, i(Vcm) by %.1e" % tuple(found), max(found) <= limit
            except lib.Failed as why:
                text, good = str(why), False
            failed += not good
            print("%-18s %-9s %s%s" % (name, title, text, "" if good else "   WRONG"))
    return 1 if failed else 0


sys.exit(main())
