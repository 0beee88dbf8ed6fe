#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dialects.py BALSPICE SRCDIR ORACLE: decks in the very form that other programs write, run unchanged.

All are one low pass, v(out) = 1 / (1 + R/Rload + jwRC), which is what is compared."""
import math
import os
import sys

sys.dont_write_bytecode = True
import golden_lib as lib

R = 2385.0
# deck: (output, load in ohm, C by frequency)
DECKS = {
    "kicad": ("/out", math.inf, lambda f: 10e-9),
    "kicad_quoted": ("/out", 1e6 + 1, lambda f: 10e-9),
    "ltspice": ("out", 1e6, lambda f: 10e-9),
    "pspice": ("$n_0002", math.inf, lambda f: 10e-9),
    "xyce": ("2", math.inf, lambda f: 22e-9 if f > 5e3 else 10e-9),
}


def worst(program, deck, case):
    node, load, capacitance = case
    table = lib.balspice(program, deck)
    errors = []
    for row in table.rows:
        value = complex(*table.at(row, "v(%s)" % node))
        want = 1 / (1 + R / load + 2j * math.pi * row[0] * R * capacitance(row[0]))
        errors.append(abs(value - want) / abs(want))
    return max(errors), len(errors)


def main():
    program, source, _, _ = lib.arguments()
    if not program:
        lib.skip("no balspice")
    bad = 0
    for name, case in DECKS.items():
        points = 3 if name == "xyce" else 7
        try:
            error, rows = worst(program, os.path.join(source, "tests", "golden", "dialects", name + ".cir"), case)
            good = error <= 1e-14 and rows == points
            print("%-10s %.1e, %d points%s" % (name, error, rows, "" if good else "  WRONG"))
        except lib.Failed as why:
            good = False
            print(name, why)
        bad += not good
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
