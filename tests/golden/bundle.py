#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bundle.py BALSPICE SRCDIR ORACLE: whole circuits of cables side by side and in common shields, against lines whose
conductors are all taken against the ground (nothing of domains or modes), in 50 digits; and what a bundle must obey."""
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib

try:
    from mpmath import expm, hypot, log, lu_solve, matrix, mp, mpf, pi, sqrt
except ImportError:
    lib.skip("no python3-mpmath")
from bundle_lib import EPS0, MU0, Bundle, Coax, Net, Pair, Twisted, Wire, num

LIMIT, FLOOR = 1e-10, mpf(10) ** -10  # -200 dB
FREQUENCIES = ("50", "1000", "20000", "1e6", "7e6")

MIC = "r=75m r_unb=5m l=0.62u l_cs=0.2u c_cc=27.5p c_cs=95p c_unb=20m scin=0.5n rs=20m mt=0.5n t_sh=0.12m d_sh=2.6m tan_d=5m"
FOIL = "r=90m r_unb=-7m l=0.6u l_cs=0.19u c_cc=12p c_cs=120p c_unb=-15m scin=4n rs=55m mt=2n t_sh=9u d_sh=2m tan_d=3m"
RCA = "r=60m l=0.27u c=90p tan_d=1m rs=31m mt=1.1n t_sh=0.1m d_sh=2.2m"
MAINS = "d_wire=1.38m"
TRAY = "h=60m er=1.3 tan_d=10m sigma_g=10m re=1m g=2p"
SNAKE = "d_sh=10m t_sh=0.15m rs=8m mt=0.3n er=1.7 tan_d=7m h=45m tan_e=20m re=2m ge=1p"
ONE = "d_sh=8m t_sh=0.2m rs=9m mt=0.4n er=1.5 tan_d=4m"
TWO = "h=70m er=1.2 tan_d=5m"

UTP = "d_wire=0.5m spacing=1m r_unb=6m l=0.58u c=48p c_unb=30m kp=1.1 tan_d=8m g=3p"
UTP2 = "d_wire=0.4m spacing=0.8m r_unb=-4m l=0.61u c=46p c_unb=-20m kp=1.05 tan_d=6m g=2p"
MULTI = "d_sh=6m t_sh=0.1m rs=25m mt=0.6n er=2.1 tan_d=9m g=4p h=40m tan_e=20m"
OUT = "h=80m er=1.1 tan_d=3m g=1p"

MODELS = "\n".join([".model mic pair (%s)" % MIC, ".model foil pair (%s)" % FOIL, ".model rca coax (%s)" % RCA,
                    ".model live wire (%s)" % MAINS,
                    ".model tray bundle (of=(mic live live) x=(0,12m,15.5m) y=(0,1m,-0.5m) %s)" % TRAY,
                    ".model snake bundle (of=(foil foil) x=(-2.2m,1.9m) y=(0.3m,-0.4m) %s)" % SNAKE,
                    ".model one bundle (of=(mic) x=0.7m y=-0.4m %s)" % ONE,
                    ".model utp twisted (%s)" % UTP, ".model utp2 twisted (%s)" % UTP2,
                    ".model multi bundle (of=(utp utp2) x=(-1.2m,1.3m) y=(0,0.2m) %s)" % MULTI,
                    ".model out bundle (of=(utp live utp2) x=(0,9m,-12m) %s)" % OUT,
                    ".model two bundle (of=(one live rca) x=(0,-30m,20m) y=(0,2m,0) %s)" % TWO]) + "\n"


def tray(net, s):
    Bundle(net, s, TRAY, [(Pair(net, s, MIC), "0", "0"), (Wire(net, s, MAINS), "12m", "1m"),
                          (Wire(net, s, MAINS), "15.5m", "-0.5m")])


def snake(net, s):
    Bundle(net, s, SNAKE, [(Pair(net, s, FOIL), "-2.2m", "0.3m"), (Pair(net, s, FOIL), "1.9m", "-0.4m")])


def two(net, s):
    inside = Bundle(net, s, ONE, [(Pair(net, s, MIC), "0.7m", "-0.4m")])
    Bundle(net, s, TWO, [(inside, "0", "0"), (Wire(net, s, MAINS), "-30m", "2m"), (Coax(net, s, RCA), "20m", "0")])


def multi(net, s):
    Bundle(net, s, MULTI, [(Twisted(net, s, UTP), "-1.2m", "0"), (Twisted(net, s, UTP2), "1.3m", "0.2m")])


def out(net, s):
    Bundle(net, s, OUT, [(Twisted(net, s, UTP), "0", "0"), (Wire(net, s, MAINS), "9m", "0"),
                         (Twisted(net, s, UTP2), "-12m", "0")])


# name: builder, length, conductors of an end, resistors (end, node, node or None, ohm, EMF towards the first node),
# what is measured at the far end
CASES = {
    "tray": (tray, 30, "a b s l n", [
        (0, "a", "s", 75, 0), (0, "b", "s", 80, 0), (0, "s", None, "10m", 0), (0, "l", None, "500m", 230),
        (0, "n", None, "200m", 0), (1, "a", "b", "10k", 0), (1, "a", "s", "1000k", 0), (1, "s", None, 1, 0),
        (1, "l", "n", 100, 0), (1, "n", None, "3000k", 0)], [("a", "b"), ("s", None), ("n", None)]),
    "snake": (snake, 50, "a b s c d t e", [
        (0, "a", "b", 150, 1), (0, "a", "s", "5k", 0), (0, "s", None, "20m", 0), (0, "c", "t", 75, 0), (0, "d", "t", 76, 0),
        (0, "t", None, "30m", 0), (0, "e", None, "15m", 0), (1, "a", "b", "10k", 0), (1, "b", "s", 300, 0),
        (1, "s", "e", 2, 0), (1, "c", "d", "12k", 0), (1, "d", "t", "1000k", 0), (1, "t", "e", 3, 0), (1, "e", None, "700m", 0)],
              [("c", "d"), ("a", "b"), ("e", None)]),
    "two": (two, 20, "a b s e l i o", [
        (0, "a", "s", 150, 0), (0, "b", "s", 151, 0), (0, "s", "e", "10m", 0), (0, "e", None, "50m", 0),
        (0, "l", None, 2, 230), (0, "i", "o", 600, 0), (0, "o", None, "100m", 0), (1, "a", "b", "10k", 0),
        (1, "a", "s", "900k", 0), (1, "s", "e", "20m", 0), (1, "e", None, 2, 0), (1, "l", None, 53, 0), (1, "i", "o", "47k", 0),
        (1, "o", None, 1, 0)], [("a", "b"), ("i", "o"), ("e", None)]),
    "multi": (multi, 60, "a b c d e", [
        (0, "a", "b", 100, 1), (0, "b", "e", 900, 0), (0, "c", "e", 75, 0), (0, "d", "e", 76, 0), (0, "e", None, "20m", 0),
        (1, "a", "b", 110, 0), (1, "b", "e", "5k", 0), (1, "c", "d", "10k", 0), (1, "d", "e", "20k", 0), (1, "e", None, 2, 0)],
              [("c", "d"), ("a", "b"), ("e", None)]),
    "out": (out, 25, "a b l c d", [
        (0, "a", None, 150, 0), (0, "b", None, 151, 0), (0, "l", None, 2, 230), (0, "c", None, 300, 0), (0, "d", None, 299, 0),
        (1, "a", "b", "10k", 0), (1, "b", None, "1000k", 0), (1, "l", None, 53, 0), (1, "c", "d", 600, 0),
        (1, "d", None, "47k", 0)], [("a", "b"), ("c", "d"), ("l", None)]),
}


def exact(case, frequency):
    """{pair: voltage} at the far end, of the 2n-port as an exponential of everything."""
    build, length, names, resistors, outputs = CASES[case]
    names = names.split()
    n, net, s = len(names), Net(), 2j * pi * mpf(frequency)
    build(net, s)
    z, y = net.matrices()
    chain = matrix(2 * n)
    for a in range(n):
        for b in range(n):
            chain[a, n + b], chain[n + a, b] = -z[a, b] * length, -y[a, b] * length
    through = expm(chain, method="taylor")
    load, source = [matrix(n), matrix(n)], [matrix(n, 1), matrix(n, 1)]
    for end, p, q, ohm, emf in resistors:
        g = 1 / (num(ohm) if isinstance(ohm, str) else mpf(ohm))
        for one, other, sign in ((p, q, 1), (q, p, -1)):
            if one is None:
                continue
            row = names.index(one)
            load[end][row, row] += g
            source[end][row] += sign * g * emf
            if other is not None:
                load[end][row, names.index(other)] -= g
    # V2 = A V1 + B I1, I2 = C V1 + D I1, I1 = source1 - load1 V1, I2 = load2 V2 - source2
    a, b, c, d = (through[r:r + n, k:k + n] for r in (0, n) for k in (0, n))
    left = c - d * load[0] - load[1] * (a - b * load[0])
    right = load[1] * b * source[0] - source[1] - d * source[0]
    v1 = lu_solve(left, right)
    v2 = a * v1 + b * (source[0] - load[0] * v1)
    return {(p, q): v2[names.index(p)] - (v2[names.index(q)] if q else 0) for p, q in outputs}


def deck_of(case):
    _, length, names, resistors, _ = CASES[case]
    cards = []
    for k, (end, p, q, ohm, emf) in enumerate(resistors):
        one, other = p + str(end), q + str(end) if q else "0"
        if emf:
            cards.append("V%d m%d %s ac %s" % (k, k, other, emf))
            other = "m%d" % k
        cards.append("R%d %s %s %s" % (k, one, other, ohm))
    ends = [" ".join(name + str(end) for name in names.split()) + " 0" for end in (0, 1)]
    return MODELS + "\n".join(cards) + "\nP1 %s %s %s len=%d\n" % (*ends, case, length)


def against_exact(bench):
    for case, (_, _, _, _, outputs) in CASES.items():
        names = {pair: "v(%s1%s)" % (pair[0], ",%s1" % pair[1] if pair[1] else "") for pair in outputs}
        got = dict(zip(outputs, bench.run(deck_of(case), *names.values())))
        wanted = [exact(case, f) for f in FREQUENCIES]
        for pair in outputs:
            want = [w[pair] for w in wanted]
            least = min(abs(w) for w in want)
            if least < FLOOR:
                raise lib.Failed("the case %s is too quiet: %s" % (case, mp.nstr(least, 3)))
            worst = max(abs(g - w) / abs(w) for g, w in zip(got[pair], want))
            bench.hold("%s, %s from %.0f dB" % (case, names[pair], 20 * mp.log10(least)), float(worst), LIMIT)


def one_pair(bench):
    """In a bundle of one and on its own, in fields too."""
    ends = "V1 s ss ac 1\nV2 bf 0 ac 10u\nV3 ef 0 ac 50\nRs ss 0 1.3\nRa a s 31\nRb b s 29\nRc c t 9k\nRd d t 11k\nRt t 0 1.7\n"
    mic = ".model mic pair (%s h=50m tan_e=20m re=3m ge=2p)\n.model b bundle (of=(mic) x=3m y=5m h=45m tan_d=20m re=3m g=2p)\n" % MIC
    for fields in ("", " bfield=bf", " efield=ef"):
        want, = bench.run(mic + ends + "P1 a b s 0 c d t 0 mic len=80%s\n" % fields, "v(c,d)")
        got, = bench.run(mic + ends + "P1 a b s 0 c d t 0 b len=80%s\n" % fields, "v(c,d)")
        bench.hold("a bundle of one pair is that pair" + fields, lib.difference(got, want), 1e-12)


def one_twisted(bench):
    ends = "V1 s 0 ac 1\nV2 bf 0 ac 10u\nV3 ef 0 ac 50\nRa a s 31\nRb b s 29\nRc c 0 9k\nRd d 0 11k\n"
    cards = ".model utp twisted (%s h=45m re=3m)\n.model b bundle (of=(utp) x=3m y=5m h=40m tan_d=8m re=3m)\n" % UTP.replace("3p", "0")
    for fields in ("", " bfield=bf", " efield=ef"):
        want, = bench.run(cards + ends + "P1 a b 0 c d 0 utp len=80%s\n" % fields, "v(c,d)")
        got, = bench.run(cards + ends + "P1 a b 0 c d 0 b len=80%s\n" % fields, "v(c,d)")
        bench.hold("a bundle of one twisted pair is that pair" + fields, lib.difference(got, want), 1e-12)


def order(bench):
    """Members exchanged, with their places."""
    cards = deck_of("tray")
    want, = bench.run(cards, "v(a1,b1)")
    turned = cards.replace("of=(mic live live) x=(0,12m,15.5m) y=(0,1m,-0.5m)",
                           "of=(live mic live) x=(15.5m,0,12m) y=(-0.5m,0,1m)")
    turned = turned.replace("P1 a0 b0 s0 l0 n0 0 a1 b1 s1 l1 n1 0", "P1 n0 a0 b0 s0 l0 0 n1 a1 b1 s1 l1 0")
    assert turned != cards
    got, = bench.run(turned, "v(a1,b1)")
    bench.hold("members in another order", lib.difference(got, want), 1e-12)


def halves(bench):
    cards = deck_of("snake")
    want, = bench.run(cards, "v(c1,d1)")
    middle = " ".join(x + "m" for x in CASES["snake"][2].split()) + " 0"
    line = [card for card in cards.splitlines() if card.startswith("P1")][0].split()
    parts = "P1 %s %s snake len=18.5\nP2 %s %s snake len=31.5" % (" ".join(line[1:9]), middle, middle, " ".join(line[9:17]))
    got, = bench.run(cards.replace(" ".join(line), parts), "v(c1,d1)")
    bench.hold("a bundle is its two parts", lib.difference(got, want), 1e-11)


def reciprocal(bench):
    cards = "\n".join(card for card in deck_of("two").splitlines() if not card.startswith("V")).replace("m4", "0")
    there, = bench.run(cards + "\nI1 0 l1 ac 1\n", "v(b1)")
    back, = bench.run(cards + "\nI1 0 b1 ac 1\n", "v(l1)")
    bench.hold("reciprocity, mains to a wire in two shields", lib.difference(there, back), 1e-11)


def alone(bench):
    """Where nothing flows around a common shield its ground may as well be left out."""
    cards = MODELS.replace("one bundle (", "one bundle (le=1k ce=2e-20 tan_e=0 ")
    ends = "V1 a s ac 1\nRb b s 31\nRs s r 0.1\nRc c t 9k\nRd d t 11k\nRt t u 1.7\nRr r 0 1\n"
    want, = bench.run(cards + ends + "Ru u 0 1e15\nP1 a b s r 0 c d t u 0 one len=80\n", "v(c,d)")
    got, = bench.run(cards + ends + "P1 a b s r c d t u one len=80\nRu u 0 1e15\n", "v(c,d)")
    bench.hold("a common shield with nothing around it", lib.difference(got, want), 1e-9)


def steps(bench):
    """A step reaches what a member holds and where it lies."""
    deck = deck_of("tray").replace("c_cs=95p", "c_cs={k*1p}").replace("h=60m", "h={k*1m}").replace("x=(0,12m,", "x=(0,{k/9*1m},")
    want = [bench.run(".param k=%d\n%s" % (k, deck), "v(a1,b1)", frequencies=("20k",))[0][0] for k in (80, 110)]
    with open(bench.path, "w", encoding="utf-8") as file:
        file.write("a deck\n.param k=80\n%s\n.ac list 20k\n.step param k list 80 110\n.save v(a1,b1)\n" % deck)
    table = lib.balspice(bench.program, bench.path)
    got = [complex(*table.at(row, "v(a1,b1)")) for row in table.rows]
    bench.hold("steps of parameters inside members", lib.difference(got, want), 1e-13)


def noise(bench):
    """Everything at one temperature: the noise is that of the impedance (Nyquist), also where shields nest."""
    loads = "".join("R%d0 %s 0 %d\nR%d1 %s 0 %d\n" % (k, a + "0", 31 + 7 * k, k, a + "1", 210 + 90 * k)
                    for k, a in enumerate("absel"))
    deck = MODELS + "I1 0 l0 ac 1\nRi i0 o0 600\nRo i1 o1 47k\nRp o0 0 1\nRq o1 0 2\n" + loads
    deck += "P1 a0 b0 s0 e0 l0 i0 o0 0 a1 b1 s1 e1 l1 i1 o1 0 two len=40\n.noise v(a0,s0) I1\nI2 s0 a0 ac 0\n"
    with open(bench.path, "w", encoding="utf-8") as file:
        file.write("a deck\n%s\n.ac list 50 20k 3meg\n" % deck)
    table = lib.balspice(bench.program, bench.path)
    got = [row[table.index["noise.onoise"]] ** 2 for row in table.rows]
    seen, = bench.run(deck.replace(".noise v(a0,s0) I1", "").replace("I1 0 l0 ac 1", "").replace("a0 ac 0", "a0 ac 1"), "v(a0,s0)",
                      frequencies=("50", "20k", "3meg"))
    bench.hold("noise is that of the impedance", lib.difference(got, [4 * 1.380649e-23 * 300.15 * z.real for z in seen]), 1e-9)


def cylinders(places, radius, orders=8):
    """Capacitances over 2 pi eps of equal cylinders over a plane, exact: charges and multipoles in the middle of each and
    of its image, so that each surface has one potential."""
    n, size = len(places), 2 * orders + 1
    a, c = matrix(n * size), matrix(n)
    middles = [mp.mpc(x, y) for x, y in places]
    for row in range(n * size):
        z = middles[row // size] + radius * mp.expjpi(mpf(2 * (row % size)) / size + mpf(1) / 7)
        for k, middle in enumerate(middles):
            a[row, k * size] = -log(abs(z - middle) / abs(z - mp.conj(middle)))
            for m in range(1, orders + 1):
                pole, image = (radius / (z - middle)) ** m, (radius / (z - mp.conj(middle))) ** m
                a[row, k * size + 2 * m - 1], a[row, k * size + 2 * m] = (pole - image).real, -(pole + image).imag
    for k in range(n):
        charges = lu_solve(a, matrix([1 if row // size == k else 0 for row in range(n * size)]))
        for row in range(n):
            c[row, k] = charges[row * size]
    return c


def wide_spacing(bench):
    """What the formulas leave out: two cylinders 50 mm over a plane, 4, 6 and 10 radii between their middles."""
    radius, w = mpf("1.42"), 2 * pi * 1000
    for spacing, limit in ((4, 0.06), (6, 0.021), (10, 0.006)):
        deck = (".model w wire (d_wire=2.84m)\n.model b bundle of=(w w) x=0,%sm h=50m tan_d=0\nV1 a 0 ac 1\nR1 b 0 1u\n"
                "Rc c 0 1e15\nRd d 0 1e15\nP1 a b 0 c d 0 b len=1\n" % mp.nstr(spacing * radius, 9))
        own, mutual = bench.run(deck, "i(v1)", "i(r1)", frequencies=("1000",))
        exactly = cylinders([(0, 50), (spacing * radius, 50)], radius) * (2 * pi * EPS0 * w)
        worst = max(abs(abs(own[0]) / exactly[0, 0] - 1), abs(abs(mutual[0]) / abs(exactly[0, 1]) - 1))
        bench.hold("capacitances at %d radii, against cylinders" % spacing, float(worst), limit)


def carson(s, up, across, sigma):
    """What a ground of that conductivity adds to a mutual impedance (Carson 1926), ohm/m."""
    square = s * MU0 * sigma
    return s * MU0 / pi * mp.quad(lambda x: mp.exp(-up * x) / (x + sqrt(x * x + square)) * mp.cos(x * across),
                                  mp.linspace(0, 60 / up, 25))


def lossy_ground(bench):
    """Two wires 1.1 and 0.9 m over soil, 2 m apart; the far ends are grounded and nothing flows in the second."""
    deck = (".model w wire (d_wire=2m)\n.model b bundle of=(w w) x=0,2 y=0.1,-0.1 h=1 sigma_g=10m\nI1 0 a ac 1\n"
            "Rb b 0 1e12\nP1 a b 0 0 0 0 b len=1\n")
    worst = mpf(0)
    for got, frequency in zip(*bench.run(deck, "v(b)"), FREQUENCIES):
        s = 2j * pi * mpf(frequency)
        perfect = s * MU0 / (2 * pi) * log(hypot(2, 2) / hypot(2, mpf("0.2")))
        added = carson(s, 2, 2, mpf("0.01"))
        worst = max(worst, abs(got - perfect - added) / abs(added))
    bench.hold("a ground of soil, against Carson's integral", float(worst), 0.04)


def main():
    with tempfile.TemporaryDirectory() as folder:
        bench = lib.Bench(sys.argv[1], folder, FREQUENCIES)
        for check in (against_exact, one_pair, one_twisted, order, halves, reciprocal, alone, steps, noise, wide_spacing,
                      lossy_ground):
            check(bench)
        return 1 if bench.failed else 0


if __name__ == "__main__":
    sys.exit(main())
