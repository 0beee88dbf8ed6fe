#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""closed_form.py BALSPICE SRCDIR ORACLE: each circuit of closed_form/ against its formula (expected.tsv, 20 digits).

balspice must be right to 1e-12, relative to the larger of the value and 1e-6 of the circuit's largest; the oracle
to 1e-19, which is what 20 printed digits can tell."""
import collections
import csv
import os
import sys

sys.dont_write_bytecode = True
import golden_lib as lib

# Its formula is for a true open end, its deck has 1e15 ohm there.
NOT_EXACT = {"open_stub": 1e-12}


def expected(folder):
    want = collections.defaultdict(list)
    with open(os.path.join(folder, "expected.tsv"), encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            want[row["circuit"]].append((row["freq"], row["node"].lower(), (row["re"], row["im"])))
    return sorted(want.items())


def worst_of(table, values):
    top = max(lib.magnitude(value) for _, _, value in values)
    return max(lib.distance(table.at(lib.nearest(table, f), "v(%s)" % node), value, top, 1e-6)
               for f, node, value in values)


def check(title, solve, folder, limit):
    """True if every circuit is within the limit."""
    failed = 0
    for name, values in expected(folder):
        allowed = max(limit, NOT_EXACT.get(name, 0.0))
        try:
            worst = worst_of(solve(os.path.join(folder, name + ".cir")), values)
            verdict = "" if worst <= allowed else "   OVER %.0e" % allowed
        except lib.Failed as why:
            worst, verdict = float("inf"), "   " + str(why)
        failed += bool(verdict)
        print("%-8s %-28s %.1e%s" % (title, name, worst, verdict))
    return failed == 0


def main():
    program, source, oracle, _ = lib.arguments()
    folder = os.path.join(source, "tests", "golden", "closed_form")
    good = True
    if oracle:
        good &= check("oracle", lambda deck: lib.oracle(oracle, deck), folder, 1e-19)
    if program:
        good &= check("balspice", lambda deck: lib.balspice(program, deck), folder, 1e-12)
    return 0 if good else 1


sys.exit(main())
