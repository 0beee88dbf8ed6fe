#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""line_agreement.py BALSPICE SRCDIR ORACLE: one line of one conductor as P, as O, as T where it has no loss, as a formula
in 40 digits, and as ngspice's O and T. From a millimetre to 300 km, from 10 mHz to 100 MHz.

P to O, T and the formula: 1e-12, or what 8 roundings of the length do to the value where that is more (the angle of a
double has no more digits; many wavelengths, resonances). P to ngspice: 1e-9 or the same, where |gamma l| >= 1e-5:
ngspice's rows of the two ends become equal as the line gets short and keep u / |gamma l| of its shunt part. What it
refuses: G beside L or C, RL, L alone, C alone."""
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib
import raw_lib

try:
    import mpmath as mp
except ImportError:
    lib.skip("python3-mpmath is not installed")
mp.mp.dps = 40
UNIT = 2.0 ** -52
STEP = mp.mpf("1e-18")
SHORTEST = 1e-5  # |gamma l| from which ngspice's shunt is right to 1e-10
# r ohm/m, l H/m, g S/m, c F/m
KINDS = {
    "rlc": ("0.173", "613n", "0", "97.3p"),
    "rc": ("2.37", "0", "0", "91.7p"),
    "lc": ("0", "251n", "0", "101.3p"),
    "rg": ("0.0371", "0", "0.31u", "0"),
    "rlgc": ("0.173", "613n", "0.31u", "97.3p"),
    "rl": ("0.173", "613n", "0", "0"),
    "gc": ("0", "0", "0.31u", "97.3p"),
    "lg": ("0", "613n", "0.31u", "0"),
    "l": ("0", "613n", "0", "0"),
    "r": ("0.173", "0", "0", "0"),
    "c": ("0", "0", "0", "97.3p"),
}
NGSPICE_KNOWS = ("rlc", "rc", "lc", "rg")
LENGTHS = ("1.3m", "0.37", "23.85", "1.71k", "307k")
SCALE = {"m": -3, "u": -6, "n": -9, "p": -12, "k": 3, "meg": 6}
NEAR, FAR = "47.3", "911"


def number(text):
    head = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    return mp.mpf(head) * mp.mpf(10) ** SCALE.get(text[len(head):], 0)


def balspice(program, folder, deck, frequencies, nodes):
    """{node: [value by frequency]}"""
    path = os.path.join(folder, "x.cir")
    with open(path, "w", encoding="utf-8") as file:
        file.write("a deck\n%s.ac list %s\n.save %s\n.end\n"
                   % (deck, " ".join(map(repr, frequencies)), " ".join("v(%s)" % n for n in nodes)))
    table = lib.balspice(program, path)
    return {n: [complex(*table.at(row, "v(%s)" % n)) for row in table.rows] for n in nodes}


def ngspice(program, folder, deck):
    """Frequencies and the same."""
    path, raw = os.path.join(folder, "x.cir"), os.path.join(folder, "x.raw")
    with open(path, "w", encoding="utf-8") as file:
        file.write("a deck\n%s.ac dec 2 0.01 100meg\n.end\n" % deck)
    lib.run([program, "-n", "-b", "-r", raw, path], cwd=folder)
    result = raw_lib.read_raw(raw)
    return result.frequencies, {name[2:-1]: [complex(*v) for v in values] for name, values in result.vectors.items()}


def formula(rlgc, length, f):
    """Both ends, |gamma l|: 1.3 V behind NEAR, FAR behind the line."""
    s = 2j * mp.pi * mp.mpf(f)
    r, l, g, c = (number(x) * length for x in rlgc)
    z, y = r + s * l, g + s * c
    x = mp.sqrt(z * y)
    sinhc = mp.sinh(x) / x if x else mp.mpf(1)
    near, far = mp.mpf(NEAR), mp.mpf(FAR)
    end = mp.mpf("1.3") / (mp.cosh(x) + z * sinhc / far + near * (y * sinhc + mp.cosh(x) / far))
    return end * (mp.cosh(x) + z * sinhc / far), end, float(abs(x))


def circuit(tag, line):
    return "V{0} s{0} 0 ac 1.3\nRs{0} s{0} a{0} {1}\nRl{0} b{0} 0 {2}\n{3}\n".format(tag, NEAR, FAR, line)


class Line:
    """One kind and length in all its forms."""

    def __init__(self, kind, length):
        self.kind, self.length, self.rlgc = kind, length, KINDS[kind]
        values = "r=%s l=%s g=%s c=%s" % self.rlgc
        self.p = ".model p line n=1 %s\n" % values + circuit("p", "P1 ap 0 bp 0 p len=%s" % length)
        self.o = ".model o ltra rel=1 %s len=%s\n" % (values, length) + circuit("o", "O1 ao 0 bo 0 o")
        self.t = ""
        if kind == "lc":
            l, c = number(self.rlgc[1]), number(self.rlgc[3])
            self.t = circuit("t", "T1 at 0 bt 0 z0=%s td=%s" % (mp.nstr(mp.sqrt(l / c), 25),
                                                               mp.nstr(mp.sqrt(l * c) * number(length), 25)))

    def ngspice_deck(self):
        sections = "".join("%s=%s " % pair for pair in zip("rlgc", self.rlgc) if pair[1] != "0")
        return (".model o ltra rel=1 %slen=%s\n" % (sections, self.length) + circuit("o", "O1 ao 0 bo 0 o")
                + self.t)


def compare(title, got, want, limits):
    """Worst error over its limit; points without a limit are left out, and values that leave the range of a double."""
    errors = [float(abs(a - b) / abs(b)) / limit for a, b, limit in zip(got, want, limits) if limit and abs(b) > 1e-290]
    return max(errors, default=0.0), title


def check_line(program, peer, folder, line):
    """[(worst over limit, what)] and at how many points ngspice counts."""
    frequencies = [10 ** (k / 2 - 2) for k in range(21)]
    theirs = None
    if peer and line.kind in NGSPICE_KNOWS:
        frequencies, theirs = ngspice(peer, folder, line.ngspice_deck())
    tags = "pot" if line.t else "po"
    ours = balspice(program, folder, line.p + line.o + line.t, frequencies, [e + t for e in "ab" for t in tags])
    length = number(line.length)
    exact = [formula(line.rlgc, length, f) for f in frequencies]
    longer = [formula(line.rlgc, length * (1 + STEP), f) for f in frequencies]
    found = []
    for k, end in enumerate("ab"):
        rounding = [float(8 * UNIT / STEP * abs(b[k] / a[k] - 1)) for a, b in zip(exact, longer)]
        limits = [max(1e-12, x) for x in rounding]
        coarse = [max(1e-9, x) if e[2] >= SHORTEST else None for x, e in zip(rounding, exact)]
        found.append(compare("formula", ours[end + "p"], [e[k] for e in exact], limits))
        found += [compare(t.upper(), ours[end + "p"], ours[end + t], limits) for t in tags[1:]]
        if theirs and any(coarse):
            found += [compare("ngspice's " + t.upper(), ours[end + "p"], theirs[end + t], coarse) for t in tags[1:]]
    return found, sum(e[2] >= SHORTEST for e in exact) if theirs else 0


def main():
    program, _, _, _ = lib.arguments()
    if not program:
        lib.skip("there is no balspice")
    peer = shutil.which("ngspice")
    if not peer:
        print("ngspice is not installed: not compared with it")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            for length in LENGTHS:
                found, points = check_line(program, peer, folder, Line(kind, length))
                worst, title = max(found)
                failed += not worst <= 1.0
                print("%-5s %-6s worst %.3f of its limit, to %-12s ngspice at %2d points%s"
                      % (kind, length, worst, title + ";", points, "" if worst <= 1.0 else "   TOO FAR"))
    return 1 if failed else 0


sys.exit(main())
