#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dialects.py BALSPICE SRCDIR ORACLE: decks in the very form that other programs write, run unchanged.

All are one low pass of 2385 ohm, whose values are compared with its formula at every frequency and in every step."""
import math
import os
import sys

sys.dont_write_bytecode = True
import golden_lib as lib

R, LIMIT = 2385.0, 1e-14


def low_pass(s, c=10e-9, load=math.inf, r=R):
    return 1 / (1 + r / load + s * r * c)


def orcad(row, s):
    out = low_pass(s, row["cval"])
    return {"$n_0002": out, "out2": 2 * out, "out3": out / (1 + 1e-3 * s)}


def hspice(row, s):
    out = low_pass(s, row["cval"], row["rl"])
    return {"out": out, "buf": 2 * out, "lp": out / (1 + 1e-3 * s)}


def parts(_, s):
    coil = 1 / (1 / (100e3 + s * 10e-6) + 1 / 10e6) + 900e3
    load = 1 / (1 / coil + 1 / 2e6)
    return {"out": low_pass(s, load=load), "nc_01": low_pass(s, load=load) / 2}


def xyce_step(row, s):
    out = low_pass(s, load=100e6, r=row["rval"])
    return {"2": out, "3": 2 * out}


# deck: (points, values by node from the row and s)
DECKS = {
    "hspice": (14, hspice),
    "hspice_poi": (6, lambda row, s: {"out": low_pass(s, row["cval"])}),
    "kicad": (7, lambda _, s: {"/out": low_pass(s)}),
    "kicad_quoted": (7, lambda _, s: {"/out": low_pass(s, load=1e6 + 1)}),
    "ltspice": (7, lambda _, s: {"out": low_pass(s, load=1e6)}),
    "ltspice_parts": (7, parts),
    "pspice": (7, lambda _, s: {"$n_0002": low_pass(s)}),
    "pspice_orcad": (14, orcad),
    "xyce": (3, lambda row, s: {"2": low_pass(s, 22e-9 if row["frequency"] > 5e3 else 10e-9)}),
    "xyce_step": (14, xyce_step),
}


def worst(program, deck, values):
    table = lib.balspice(program, deck)
    error = 0.0
    for numbers in table.rows:
        row = {name: numbers[i] for name, i in table.index.items()}
        for node, want in values(row, 2j * math.pi * row["frequency"]).items():
            error = max(error, abs(complex(*table.at(numbers, "v(%s)" % node)) - want) / abs(want))
    return error, len(table.rows)


def main():
    program, source, _, _ = lib.arguments()
    if not program:
        lib.skip("no balspice")
    bad = 0
    for name, (points, values) in DECKS.items():
        try:
            error, rows = worst(program, os.path.join(source, "tests", "golden", "dialects", name + ".cir"), values)
            good = error <= LIMIT and rows == points
            print("%-14s %.1e, %d points%s" % (name, error, rows, "" if good else "  WRONG"))
        except lib.Failed as why:
            good = False
            print(name, why)
        bad += not good
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
