#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""cable_properties.py BALSPICE SRCDIR ORACLE: what every cable must obey, whatever its values: a line is its two
halves, agrees with T, is reciprocal, has no preferred wire; lumped sections converge to it; conversion scales with
the imbalance; a Touchstone file stands for the circuit that it was made from; noise is Nyquist's."""
import os
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib

FREQUENCIES = (20, 1e3, 20e3, 1e6, 2.7e6, 10e6)
MIC = ".model mic pair (scin=5n)\n"
PAIR = "I1 a b ac 1m\nRa a s 31\nRb b s 29\nRc c t 9k\nRd d t 11k\nRs s 0 20m\nRt t 0 1.7\n"


def two_halves(bench):
    whole, = bench.run(MIC + PAIR + "P1 a b s 0 c d t 0 mic len=80\n", "v(c,d)")
    halves, = bench.run(MIC + PAIR + "P1 a b s 0 e f u 0 mic len=37.5\nP2 e f u 0 c d t 0 mic len=42.5\n", "v(c,d)")
    bench.hold("a line is its two parts", lib.difference(halves, whole), 1e-11)
    coax = ".model x coax\nV1 a 0 ac 1\nRa a b 75\nRb c 0 10k\n"
    whole, = bench.run(coax + "P1 b 0 c 0 x len=23.85\n", "v(c)")
    halves, = bench.run(coax + "P1 b 0 m 0 x len=3.85\nP2 m 0 c 0 x len=20\n", "v(c)")
    bench.hold("a coax is its two parts", lib.difference(halves, whole), 1e-12)


def like_t(bench):
    lines = (".model x line n=1 l=250n c=100p\nI1 0 a ac 1\nI2 0 b ac 1\nRa a 0 50\nRb b 0 50\nRc c 0 1.7k\nRd d 0 1.7k\n"
             "P1 a 0 c 0 x len=20\nT1 b 0 d 0 z0=50 td=100n\n")
    got, want = bench.run(lines, "v(c)", "v(d)", frequencies=(0.01, 20, 1e3, 1e6, 3e6, 77e6))
    bench.hold("a line without loss is T", lib.difference(got, want), 1e-12)


def at_rest(bench):
    """At 0 Hz a cable is the resistances of its conductors; without length it is wires, at every frequency."""
    ends = "V1 e 0 ac 1\nRe e a 31\nRa a s 470\nRb b s 29\nRc c t 510\nRd d t 680\nRt t 0 1.7\nRs s g 0.3\nV2 g 0 ac 0.7\n"
    cable = ".model x pair (r=75m r_unb=0.02 rs=20m)\nP1 a b s 0 c d t 0 x len=%s\n"
    got = bench.run(ends + cable % "30", "v(c,d)", "v(t)", frequencies=(0,))
    want = bench.run(ends + "R1 a c {30*75m*1.02}\nR2 b d {30*75m*0.98}\nR3 s t {30*20m}\n", "v(c,d)", "v(t)", frequencies=(0,))
    bench.hold("a pair at 0 Hz is its resistances", max(lib.difference(a, b) for a, b in zip(got, want)), 1e-12)
    got = bench.run(ends + cable % "1e-16", "v(c,d)", "v(t)")
    want = bench.run(ends + "R1 a c 0\nR2 b d 0\nR3 s t 0\n", "v(c,d)", "v(t)")
    bench.hold("a pair of no length is wires", max(lib.difference(a, b) for a, b in zip(got, want)), 1e-12)


def reciprocal(bench):
    loads = MIC + "Ra a 0 31\nRb b 0 29\nRc c 0 9k\nRd d 0 11k\nRs s 0 3\nRt t 0 1.7\nP1 a b s 0 c d t 0 mic len=80\n"
    there, = bench.run(loads + "I1 0 s ac 1\n", "v(d)")
    back, = bench.run(loads + "I1 0 d ac 1\n", "v(s)")
    bench.hold("reciprocity, shield to wire", lib.difference(there, back), 1e-12)


def no_wire_is_special(bench):
    drive = "I1 0 s ac 1\nRa a s 31\nRb b s 31\nRc c t 9k\nRd d t 9k\nRs s 0 3\nRt t 0 1.7\n"
    one, = bench.run(".model x pair (r_unb=1m c_unb=2m scin=1n)\n" + drive + "P1 a b s 0 c d t 0 x len=80\n", "v(c,d)")
    two, = bench.run(".model x pair (r_unb=-1m c_unb=-2m scin=-1n)\n" + drive + "P1 b a s 0 d c t 0 x len=80\n", "v(c,d)")
    bench.hold("wires exchanged with their imbalances", lib.difference(one, two), 1e-12)
    none, = bench.run(".model x pair (r_unb=0 c_unb=0 scin=0)\n" + drive + "P1 a b s 0 c d t 0 x len=80\n", "v(c,d)")
    bench.hold("a perfect pair converts nothing", max(map(abs, none)), 1e-18)


def ladder(n, frequencies, bench):
    part = 30.0 / n
    deck = ["I1 0 n0 ac 1", "Ra n0 0 75", "Rb n%d 0 10k" % n]
    for k in range(n):
        deck.append("R%d n%d m%d %r" % (k, k, k, 0.1 * part))
        deck.append("L%d m%d n%d %r" % (k, k, k + 1, 0.3e-6 * part))
        deck.append("Cl%d n%d 0 %r" % (k, k, 90e-12 * part / 2))
        deck.append("Cr%d n%d 0 %r" % (k, k + 1, 90e-12 * part / 2))
    return bench.run("\n".join(deck), "v(n%d)" % n, frequencies=frequencies)[0]


def convergence(bench):
    at = (300e3,)
    exact, = bench.run(".model x line n=1 r=0.1 l=0.3u c=90p\nI1 0 a ac 1\nRa a 0 75\nRb b 0 10k\nP1 a 0 b 0 x len=30\n",
                       "v(b)", frequencies=at)
    errors = [lib.difference(ladder(n, at, bench), exact) for n in (8, 16, 32, 64)]
    bench.hold("lumped sections converge, second order", max(abs(a / b - 4) for a, b in zip(errors[1:], errors[2:])), 0.02)


def imbalance(bench):
    worst, before = 0.0, None
    for part in [10.0 ** -k for k in range(9, 0, -1)]:
        model = ".model x pair (r_unb=%r c_unb=%r scin=%r)\n" % (0.1 * part, part, 1e-9 * part)
        drive = "I1 0 s ac 1\nRa a s 31\nRb b s 31\nRc c t 9k\nRd d t 9k\nRs s 0 3\nRt t 0 1.7\n"
        got, = bench.run(model + drive + "P1 a b s 0 c d t 0 x len=30\n", "v(c,d)")
        scaled = [value / part for value in got]
        if before:
            worst = max(worst, lib.difference(scaled, before) / (1e-12 + 10 * part * part))  # the third order
        before = before or scaled
    bench.hold("conversion from 1e-9 to 0.1 of imbalance", worst * 1e-12, 1e-12)


def scattering(z, reference):
    """S of a two-port of impedances z."""
    (a, b), (c, d) = [[z[i][j] / (reference[i] * reference[j]) ** 0.5 for j in range(2)] for i in range(2)]
    det = (a + 1) * (d + 1) - b * c
    return [[((a - 1) * (d + 1) - b * c) / det, 2 * b / det], [2 * c / det, ((a + 1) * (d - 1) - b * c) / det]]


def touchstone(bench):
    """A tee of 33 ohm, 47 ohm + 1 mH, and 10 ohm + 100 nF to ground."""
    points = [(f, [[33 + s, s], [s, 47 + 6.283185307179586e-3j * f + s]])
              for f in FREQUENCIES for s in [10 + 1 / (6.283185307179586e-7j * f)]]
    with open(os.path.join(bench.folder, "s.s2p"), "w", encoding="utf-8") as file:
        file.write("# Hz S RI R 75\n")
        for f, z in points:
            s = scattering(z, (75, 75))
            file.write(" ".join(repr(x) for x in [f] + [p for w in (s[0][0], s[1][0], s[0][1], s[1][1])
                                                       for p in (w.real, w.imag)]) + "\n")
    with open(os.path.join(bench.folder, "z.ts"), "w", encoding="utf-8") as file:
        file.write("[Version] 2.0\n# Hz Z RI R 50\n[Number of Ports] 2\n[Two-Port Data Order] 12_21\n"
                   "[Reference] 50 600\n[Network Data]\n")
        for f, z in points:
            file.write(" ".join(repr(x) for x in [f] + [p for row in z for w in row for p in (w.real, w.imag)]) + "\n")
    ends = "I1 0 a ac 1\nRa a 0 600\nRb b 0 600\n"
    want, = bench.run(ends + "R1 a m 33\nR2 m n 47\nL1 n b 1m\nR3 m k 10\nC1 k 0 100n\n", "v(b)")
    for name in ("s.s2p", "z.ts"):
        got, = bench.run(ends + 'N1 a b 0 file="%s"\n' % name, "v(b)")
        bench.hold("the circuit behind " + name, lib.difference(got, want), 1e-11)


def steps(bench):
    """A step reaches the length and what is inside the model."""
    deck = (".param k=%r\n.model x pair (c_cs={k*1p} rs={k*1m} r_unb=0.01)\n" + PAIR + "P1 a b s 0 c d t 0 x len={k}\n")
    path = os.path.join(bench.folder, "step.cir")
    with open(path, "w", encoding="utf-8") as file:
        file.write("a deck\n" + deck % 50 + ".ac list 20k\n.step param k list 50 120\n.save v(c,d)\n")
    rows = lib.balspice(bench.program, path)
    got = [complex(*rows.at(row, "v(c,d)")) for row in rows.rows]
    want = [bench.run(deck % k, "v(c,d)", frequencies=(20e3,))[0][0] for k in (50, 120)]
    bench.hold("steps of parameters inside a model", lib.difference(got, want), 1e-13)


def fields(bench):
    """A loop of shield and ground, open at one end, has the whole voltage of the flux; 0.1 uT, 50 mm, 30 m."""
    loop = (".model x pair (h=50m scin=0)\nVb bf 0 ac 100n\nRa a s 1g\nRb b s 1g\nRc c t 1g\nRd d t 1g\nRs s 0 1m\nRt t 0 1g\n"
            "P1 a b s 0 c d t 0 x len=30 bfield=bf\n")
    got, = bench.run(loop, "v(t)", frequencies=(60,))
    bench.hold("flux through the loop of shield and ground", abs(abs(got[0]) / (2 * 3.141592653589793 * 60 * 1e-7 * 1.5) - 1), 1e-4)
    open_shield = loop.replace("Rs s 0 1m", "Rs s 0 1g").replace("bfield", "efield").replace("100n", "100")
    got, = bench.run(open_shield, "v(t)", frequencies=(60e3,))
    bench.hold("an open shield takes the potential of the field", abs(abs(got[0]) / 5.0 - 1), 2e-2)


def geometry(bench):
    """A pair from its measures, 0.25 mm wires 1 mm apart in a copper tube, against its fields (cables.md 1.6): ohm/m and
    H/m. Images leave 1.3 % of inductance, nearness 4 % around 100 kHz and 7 % of resistance around 1 MHz."""
    exact = {10.0: (0.1756192, 654.5177e-9), 1e3: (0.1756419, 654.4118e-9), 20e3: (0.1823312, 623.5407e-9),
             100e3: (0.2050148, 548.8365e-9), 1e6: (0.4207629, 488.6525e-9), 10e6: (1.239123, 448.7927e-9)}
    loop = "I1 b a ac 1\nP1 a b 0 c c 0 x len=1u\n.model x pair (d_wire=0.5m spacing=1m d_sh=2.6m t_sh=0.1m shield=tube"
    got, = bench.run(loop + ")\n", "v(a,b)", frequencies=exact)
    pairs = [(1e6 * z.real, 1e6 * z.imag / (2 * 3.141592653589793 * f), r, l) for z, (f, (r, l)) in zip(got, exact.items())]
    bench.hold("resistance of a pair from its measures", max(abs(a / c - 1) for a, _, c, _ in pairs), 0.07)
    bench.hold("and its inductance", max(abs(b / d - 1) for _, b, _, d in pairs), 0.045)
    bench.hold("both to 20 kHz", max(max(abs(a / c - 1), abs(b / d - 1)) for a, b, c, d in pairs[:3]), 0.012)
    turned, = bench.run(loop + " pitch=20m)\n", "v(a,b)", frequencies=exact)
    bench.hold("the wires of a twist are longer", max(abs(a / b - 1.012261829272804) for a, b in zip(turned, got)), 1e-3)


def noise(bench):
    """Everything at one temperature: the noise between two nodes is that of the impedance seen there (Nyquist). 2 m,
    200 m and 20 km make every cable short, long or between; m= is that many in parallel."""
    deck = (".model x pair (r=0.2 rs=0.1 g=10n tan_d=0.3 r_unb=0.1 c_unb=0.2)\nI1 0 z ac 1\nRa z 0 1.3k\nRb b 0 31\nRs s 0 3\n"
            "Rc c d 2.7k\nRt t 0 1.7\nP1 z b s 0 c d t 0 x len=2\nP2 c d t 0 e f u 0 x len=200 m=3\n"
            "P3 e f u 0 g h w 0 x len=20k\nRu u 0 0.7\nRw w 0 5\nRg g h 150\n")
    path = os.path.join(bench.folder, "noise.cir")
    with open(path, "w", encoding="utf-8") as file:
        file.write("a deck\n%s.ac dec 2 10 30meg\n.noise v(z) I1\n.save v(z)\n" % deck)
    table = lib.balspice(bench.program, path)
    got = [row[table.index["noise.onoise"]] ** 2 for row in table.rows]
    want = [4 * 1.380649e-23 * 300.15 * table.at(row, "v(z)")[0] for row in table.rows]
    bench.hold("noise is that of the impedance", lib.difference(got, want), 1e-9)


def main():
    with tempfile.TemporaryDirectory() as folder:
        bench = lib.Bench(sys.argv[1], folder, FREQUENCIES)
        for check in (two_halves, like_t, at_rest, reciprocal, no_wire_is_special, convergence, imbalance, touchstone, steps, fields,
                      geometry, noise):
            check(bench)
        return 1 if bench.failed else 0


if __name__ == "__main__":
    sys.exit(main())
