#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""block_noise.py BALSPICE SRCDIR ORACLE: noise of what is known by its waves, to 1e-9. A resistor network in a Touchstone
file is as noisy as its resistors, a file made from a line as the line, and the line as kT (1 - S S^H) of S in 30 digits; a
block with gain adds none."""
import os
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib

try:
    import mpmath as mp
except ImportError:
    lib.skip("python3-mpmath is not installed")
mp.mp.dps = 30
LIMIT, K = 1e-9, mp.mpf("1.380649e-23")


class Bench:
    def __init__(self, program, folder):
        self.program, self.folder, self.failed = program, folder, 0

    def densities(self, deck, output, frequencies=(20, 20e3)):
        """onoise, V^2/Hz, by frequency."""
        path = os.path.join(self.folder, "x.cir")
        with open(path, "w", encoding="utf-8") as file:
            file.write("a deck\n%s.ac list %s\n.noise %s\n.end\n" % (deck, " ".join(map(repr, frequencies)), output))
        table = lib.balspice(self.program, path)
        return [row[table.index["noise.onoise"]] ** 2 for row in table.rows]

    def touchstone(self, name, kind, points, reference):
        """points: (hertz, matrix row by row); two-port data in the order 11 21 12 22 of version 1."""
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write("# Hz %s RI R %r\n" % (kind, reference))
            for f, m in points:
                n = m.rows
                order = [(0, 0), (1, 0), (0, 1), (1, 1)] if n == 2 else [(i, j) for i in range(n) for j in range(n)]
                numbers = [x for i, j in order for x in (m[i, j].real, m[i, j].imag)]
                file.write("%r %s\n" % (float(f), " ".join(mp.nstr(x, 20) for x in numbers)))

    def hold(self, title, got, want):
        worst = max(abs(a / b - 1) for a, b in zip(got, want))
        bad = not worst <= LIMIT
        self.failed += bad
        print("%-44s %.1e%s" % (title, worst, "   OVER %.0e" % LIMIT if bad else ""))


def scattering(z, reference):
    """(Z - z0)(Z + z0)^-1, one reference for all ports."""
    one = mp.eye(z.rows) * reference
    return (z - one) * (z + one) ** -1


def resistors(bench):
    """Three ports with a star of resistors in the middle and one across; the reference hangs in the air; 3 in parallel."""
    star = [mp.mpf(x) for x in (33, 470, 1200)]
    stem, across = mp.mpf(91), mp.mpf(820)
    z = mp.matrix(3, 3)
    for i in range(3):
        for j in range(3):
            z[i, j] = stem + (star[i] if i == j else 0)
    y = z ** -1
    for i, j, sign in ((0, 0, 1), (1, 1, 1), (0, 1, -1), (1, 0, -1)):
        y[i, j] += sign / across
    s = scattering(y ** -1, 75)
    bench.touchstone("s.s3p", "S", [(1, s), (1e6, s)], 75.0)
    bench.touchstone("y.s3p", "Y", [(1, y * 75), (1e6, y * 75)], 75.0)  # version 1 has it per 1/R
    around = ("V1 in 0 ac 1\nRs in a 680\nRb b g 2.2k\nRc c 0 10k\nCc c b 33n\nRg g 0 150\n.temp 61\n"
              ".subckt net a b c g\n%s.ends\nX1 a b c g net m=3\n")
    inside = "R1 a m 33\nR2 b m 470\nR3 c m 1200\nR4 m g 91\nR5 a b 820\n"
    want = bench.densities(around % inside, "v(b,c) V1")
    for name in ("s.s3p", "y.s3p"):
        got = bench.densities(around % ('N1 a b c g file="%s"\n' % name), "v(b,c) V1")
        bench.hold("resistors as " + name, got, want)


LINE = {"r": mp.mpf("0.2"), "l": mp.mpf("0.31e-6"), "g": mp.mpf("1e-6"), "c": mp.mpf("97e-12")}


def chain(f, length):
    """Zc and gamma l."""
    s = 2j * mp.pi * f
    z, y = (LINE["r"] + s * LINE["l"]) * length, (LINE["g"] + s * LINE["c"]) * length
    return mp.sqrt(z / y), mp.sqrt(z * y)


def line_waves(f, length, reference):
    zc, x = chain(f, length)
    a, b, c = mp.cosh(x), zc * mp.sinh(x) / reference, reference * mp.sinh(x) / zc
    bottom = 2 * a + b + c
    return mp.matrix([[(b - c) / bottom, 2 / bottom], [2 / bottom, (b - c) / bottom]])


def of_waves(f, length, kelvin):
    """V^2/Hz at the far end, 470 ohm behind the line, 31 ohm before it: both resistors are waves like those of the line."""
    reference = mp.mpf(61)
    s = line_waves(f, length, reference)
    near, far = mp.mpf(31), mp.mpf(470)
    ends = mp.matrix([[(near - reference) / (near + reference), 0], [0, (far - reference) / (far + reference)]])
    own = mp.eye(2) - s * s.H
    theirs = mp.eye(2) - ends * ends.H
    # b = S a + c and a = G b + d, so b + a = (1 + G) (1 - S G)^-1 (c + S d) + d; V = sqrt(reference) (a + b)
    inner = (mp.eye(2) - s * ends) ** -1
    left = (mp.eye(2) + ends) * inner
    right = left * s + mp.eye(2)
    power = left * own * left.H + right * theirs * right.H
    return K * kelvin * reference * mp.re(power[1, 1])


def lines(bench):
    frequencies = (20.0, 1e3, 20e3, 1e6, 30e6)
    model = ".model x line n=1 r=0.2 l=0.31u g=1u c=97p\n"
    around = "V1 in 0 ac 1\nRs in a 31\nRl b 0 470\n.temp 61\n"
    for length in (0.3, 20, 3000):
        got = bench.densities(model + around + "P1 a 0 b 0 x len=%r\n" % length, "v(b) V1", frequencies)
        bench.hold("a line of %g m against its waves" % length, got,
                   [of_waves(mp.mpf(f), mp.mpf(repr(length)), mp.mpf("334.15")) for f in frequencies])
        points = [(f, line_waves(mp.mpf(f), mp.mpf(repr(length)), mp.mpf(61))) for f in frequencies]
        bench.touchstone("line.s2p", "S", points, 61.0)
        block = bench.densities(around + 'N1 a b 0 file="line.s2p"\n', "v(b) V1", frequencies)
        bench.hold("a file of %g m of line against the line" % length, block, got)


def gain(bench):
    """An amplifier adds no noise of its own: the noise is that of the circuit around it."""
    y = mp.matrix([[mp.mpf("1e-4"), 0], [mp.mpf("-0.1"), mp.mpf("1e-3")]])
    s = scattering(y ** -1, 50)
    bench.touchstone("amp.s2p", "S", [(1, s), (1e6, s)], 50.0)
    around = "V1 in 0 ac 1\nRs in a 680\nRl b 0 1k\n"
    got = bench.densities(around + 'N1 a b 0 file="amp.s2p"\n', "v(b) V1")
    want = bench.densities(around + "Ri a 0 10k noiseless\nG1 b 0 a 0 -0.1\nRo b 0 1k noiseless\n", "v(b) V1")
    bench.hold("a block with gain adds none", got, want)


def main():
    program, _, _, _ = lib.arguments()
    if not program:
        lib.skip("there is no balspice")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(program, folder)
        for check in (resistors, lines, gain):
            check(bench)
        return 1 if bench.failed else 0


sys.exit(main())
