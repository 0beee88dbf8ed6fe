#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""forms.py BALSPICE SRCDIR ORACLE: forms of elements that ngspice lacks, against their formulas.

Every value of forms/*.cir that is named here must be right to 1e-12, at every frequency and in every step."""
import cmath
import math
import os
import sys

sys.dont_write_bytecode = True
import golden_lib as lib

LIMIT, PI = 1e-12, math.pi


def ends(r, l, g, c, length, m=1):
    """Ends a, b of a line between 1.3 V behind 50 ohm and 910 ohm, from its chain matrix."""
    def at(f):
        s = 2j * PI * f
        z, y = (r + s * l) * length / m, (g + s * c) * length * m
        x = cmath.sqrt(z * y)
        sinhc = cmath.sinh(x) / x if x else 1.0
        a, b, c_, d = cmath.cosh(x), z * sinhc, y * sinhc, cmath.cosh(x)
        out = 1.3 / (a + b / 910 + 50 * (c_ + d / 910))
        return {"b": out, "a": out * (a + b / 910)}
    return at


def laplace(f):
    s, tau, k, v = 2j * PI * f, 31e-6, 1.7, 1.3
    low = 1 / (1 + s * tau)
    return {"a": k * v * low, "b": v * low ** 2, "c": v * s * tau * low, "d": 2 * v * low, "e": k * v * low,
            "f": (v - k * v * low) * s * tau, "g": v * cmath.exp(-s * tau) - v / 1e3 * s}


def gains(f):
    s, tau, k, v = 2j * PI * f, 31e-6, 1.7, 1.3
    a, i = k * v / (1 + s * tau), -v / 1e3
    return {"a": a, "b": v / (1 + s * tau) ** 2, "d": (v - a) * 2e-3 * s / (1 + s * tau) * 2e3, "e": k * v / (1 + f / 1e3),
            "f": v * f / 1e3, "g": 1e3 * k * f / 1e3 * i, "h": k * 1e3 * f / (f + 1e3) * i}


def response(points, f):
    """Decibel and degree on straight lines over the logarithm of the frequency, over f from 0; else nothing."""
    for (f1, d1, p1), (f2, d2, p2) in zip(points, points[1:]):
        if f1 <= f <= f2:
            share = math.log(f / f1) / math.log(f2 / f1) if f1 else f / f2
            return cmath.rect(10 ** ((d1 + share * (d2 - d1)) / 20), math.radians(p1 + share * (p2 - p1)))
    return 0.0


def polar(f, value):
    return f, 20 * math.log10(abs(value)), math.degrees(cmath.phase(value))


def freq(f):
    a = [(100, -1.3, -17), (1e3, -7, -45), (1e4, -31, -140)]
    b = [polar(100, cmath.rect(0.7, -0.31)), polar(1e4, cmath.rect(0.07, -1.7))]
    c = [polar(100, 3e-3 + 1e-3j), polar(1e4, -1e-3 - 3e-3j)]
    return {"a": 1.3 * response(a, f), "b": 1.3 * response(b, f) * cmath.exp(-2j * PI * f * 31e-6),
            "c": 2.6e3 * response(c, f), "d": 1.3 * response([(0, 6, 0), (1e3, 0, -45), (1e4, -31, -140)], f)}


def of_frequency(f, k=1.7):
    s = 2j * PI * f
    c = 33e-9 / (1 + k * f / 1e4)
    return {"a": 2.2e3 * (1 + k * math.sqrt(f / 1e3)), "b": 1 / (s * c),
            "c": (2.1 + s * 3.3e-3 * (1 + k * f / 1e4)) / 2, "d": (3.1 + 1 / (s * c)) / 2, "e": 1e3 + 2.9 * f}


def parasitics(f):
    s = 2j * PI * f
    a = 1 / (1 / (0.31 + s * 17e-9 + 1 / (s * 3.3e-6)) + 1 / 47e3 + s * 1e-9)
    d = 2 * (0.31 + 1 / (1 / (s * 1.7e-3) + 1 / 91) + 1 / (s * 3.3e-6)) / 3
    b = 1 / (1 / (2.1 + s * 3.3e-3) + 1 / 47e3 + s * 100e-12)
    load = 1 / (1 / 91 + s * 3.3e-9)
    return {"a": a, "b": b, "c": 1.3 * load / (47 + load), "d": d}


DECKS = {
    "lossy_all": ends(0.17, 610e-9, 0.31e-3, 97e-12, 130),
    "lossy_rl": ends(0.17, 610e-9, 0.31e-3, 0, 130),
    "lossy_long": ends(2.1, 610e-9, 0, 97e-12, 10e3),
    "lossy_dc": ends(2.1, 610e-9, 0.31e-3, 97e-12, 13, 3),
    "txl": ends(0.17, 610e-9, 0.31e-3, 97e-12, 130),
    "urc": ends(2.1e3, 0, 0, 1.7e-9, 1.3),
    "laplace": laplace,
    "gains": gains,
    "freq": freq,
    "of_frequency": of_frequency,
    "parasitics": parasitics,
}


def worst(table, formula):
    errors = [(0.0, "")]
    for row in table.rows:
        step = {"k": row[table.index["k"]]} if "k" in table.index else {}
        f = row[table.index["frequency"]]
        for node, want in formula(f, **step).items():
            got = complex(*table.at(row, "v(%s)" % node))
            errors.append((abs(got - want) / (abs(want) or 1.0), "v(%s) at %g Hz" % (node, f)))
    return max(errors)


def main():
    program, source, _, _ = lib.arguments()
    if not program:
        lib.skip("no balspice")
    folder = os.path.join(source, "tests", "golden", "forms")
    failed = 0
    for name, formula in DECKS.items():
        try:
            error, where = worst(lib.balspice(program, os.path.join(folder, name + ".cir")), formula)
        except lib.Failed as why:
            error, where = math.inf, str(why)
        failed += not error <= LIMIT
        print("%-16s %.1e  %s" % (name, error, where if not error <= LIMIT else "ok"))
    return 1 if failed else 0


sys.exit(main())
