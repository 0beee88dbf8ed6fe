#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""modes.py BALSPICE SRCDIR ORACLE: .modes and .balance of small networks against their definitions.

Here each port is drawn with resistors: zdiff/2 from either leg to a centre, zcom - zdiff/4 from there to ground (a
link if that is nothing), emfs in the legs or at the centre. balspice has no such centre, so the two agree only if
both follow the definitions of ITU-T G.117 and O.9. Solved with 30 digits. Five circuits have closed forms besides, and a
Touchstone file of four ports, each two of them a balanced one, is turned into modes by the definition M S M^T."""
import os
import random
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib

try:
    import mpmath as mp
except ImportError:
    lib.skip("python3-mpmath is not installed")
mp.mp.dps = 30
OMEGA = 2 * mp.pi * 2385
LIMIT = 1e-12
# (letter, a, b, value[, c, d]); ports (a, c) and (b, d); ground is 0.
CIRCUITS = {
    "series": [("R", "a", "b", 33), ("R", "c", "d", 47), ("R", "a", "0", 1500)],
    "shunt": [("R", "a", "b", 5), ("R", "c", "d", 5), ("C", "a", "c", 3.3e-9), ("C", "b", "0", 47e-9),
              ("C", "d", "0", 39e-9)],
    "bridge": [("R", "a", "b", 120), ("R", "a", "d", 910), ("R", "c", "b", 820), ("R", "c", "d", 130),
               ("C", "a", "0", 1e-8), ("R", "d", "0", 2.2e4)],
    "floating": [("R", "a", "b", 10), ("R", "c", "d", 12), ("R", "a", "c", 900)],
    "one_way": [("R", "a", "0", 1e4), ("R", "c", "0", 1.2e4), ("R", "b", "0", 51), ("R", "d", "0", 49),
                ("G", "b", "0", -0.02, "a", "c"), ("G", "d", "0", 0.019, "a", "c")],
}
IMPEDANCES = [(600, 150), (110, 75), (600, 120)]
PORTS = [("a", "c"), ("b", "d")]


class Net:
    """Modified nodal analysis: admittances, controlled currents, voltage branches with a resistance."""

    def __init__(self, elements):
        self.nodes, self.entries, self.branches = {"0": -1}, [], []
        for e in elements:
            self.element(*e)

    def node(self, name):
        return self.nodes.setdefault(name, len(self.nodes) - 1)

    def element(self, letter, a, b, value, c=None, d=None):
        a, b = self.node(a), self.node(b)
        c, d = (a, b) if c is None else (self.node(c), self.node(d))
        y = {"R": lambda: 1 / mp.mpf(value), "C": lambda: 1j * OMEGA * mp.mpf(value),
             "G": lambda: mp.mpf(value)}[letter]()
        self.entries += [(a, c, y), (a, d, -y), (b, c, -y), (b, d, y)]

    def branch(self, a, b, resistance, emf=0):
        self.branches.append((self.node(a), self.node(b), resistance, emf))
        return len(self.branches) - 1

    def solve(self):
        n = len(self.nodes) - 1
        size = n + len(self.branches)
        A, rhs = mp.zeros(size), mp.zeros(size, 1)
        for i, k, y in self.entries:
            if i >= 0 and k >= 0:
                A[i, k] += y
        for j, (a, b, r, emf) in enumerate(self.branches):
            for node, sign in ((a, 1), (b, -1)):
                if node >= 0:
                    A[node, n + j] += sign
                    A[n + j, node] += sign
            A[n + j, n + j] -= r
            rhs[n + j] = emf
        x = mp.lu_solve(A, rhs)
        return lambda name: x[self.nodes[name]] if name != "0" else mp.mpf(0), lambda j: x[n + j]


def terminate(net, port, zdiff, zcom, transverse=0, longitudinal=0):
    p, n = PORTS[port]
    centre = "centre%d" % port
    net.branch(p, centre, mp.mpf(zdiff) / 2, mp.mpf(transverse) / 2)
    net.branch(n, centre, mp.mpf(zdiff) / 2, -mp.mpf(transverse) / 2)
    net.branch(centre, "0", mp.mpf(zcom) - mp.mpf(zdiff) / 4, longitudinal)


def voltages(v, port):
    """Transverse and longitudinal."""
    p, n = PORTS[port]
    return v(p) - v(n), (v(p) + v(n)) / 2


def db(x):
    return 20 * mp.log10(abs(x))


def driven(elements, zdiff, zcom, port, mode):
    net = Net(elements)
    for k in range(2):
        emf = [0, 0]
        emf[mode] = 1 if k == port else 0
        terminate(net, k, zdiff, zcom, *emf)
    v, _ = net.solve()
    return [voltages(v, k) for k in range(2)]


def floating_drive(elements, zdiff, zcom, port):
    net = Net(elements)
    terminate(net, 1 - port, zdiff, zcom)
    p, n = PORTS[port]
    j = net.branch(p, n, 0, 1)
    return -1 / net.solve()[1](j)


def tied_drive(elements, zdiff, zcom, port):
    net = Net(elements)
    terminate(net, 1 - port, zdiff, zcom)
    legs = [net.branch(leg, "0", 0, 1) for leg in PORTS[port]]
    i = net.solve()[1]
    currents = [-i(j) for j in legs]
    return [1 / sum(currents), 1 / currents[0], 1 / currents[1]]


def expected(elements, zdiff, zcom):
    z = (mp.mpf(zdiff), mp.mpf(zcom))
    v = {(port, mode): driven(elements, zdiff, zcom, port, mode) for port in range(2) for mode in range(2)}
    want = {}
    for port in range(2):
        for mode in range(2):
            for k in range(2):
                for m in range(2):
                    s = 2 * v[port, mode][k][m] * mp.sqrt(z[mode] / z[m]) - ((k, m) == (port, mode))
                    want["s%s%s%d%d" % ("dc"[m], "dc"[mode], k + 1, port + 1)] = s
    want["lcl"] = -db(v[0, 1][0][0])
    want["lctl"] = -db(v[0, 1][1][0])
    want["tcl"] = db(v[0, 0][0][0] / v[0, 0][0][1])
    want["tctl"] = db(v[0, 0][0][0] / v[0, 0][1][1])
    want["tcl_p"], want["tctl_p"] = -db(want["scd11"]), -db(want["scd21"])
    identity = -db(want["sdc11"]) - want["lcl"] - 20 * mp.log10(mp.sqrt(z[0] / z[1]) / 2)
    if abs(identity) > 1e-20:
        raise lib.Failed("the identity of lcl and Sdc11 does not hold here")
    for port in range(2):
        want["zd%d" % (port + 1)] = floating_drive(elements, zdiff, zcom, port)
        for name, value in zip(("zc%d", "zc%d_p", "zc%d_n"), tied_drive(elements, zdiff, zcom, port)):
            want[name % (port + 1)] = value
    return want


def deck_of(elements, card):
    lines = ["generated"]
    for k, e in enumerate(elements):
        a, b, value, rest = e[1], e[2], e[3], e[4:]
        lines.append("%s%d %s %s %s %.17g" % (e[0], k, a, b, " ".join(rest), value))
    return "\n".join(lines + [".ac list 2385", card, ".end", ""])


def run(program, text, files=None):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {"x.cir": text, **(files or {})}.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(content)
        return lib.balspice(program, os.path.join(folder, "x.cir"))


def value_of(table, name):
    row = table.rows[0]
    if name in table.index:
        return mp.mpc(row[table.index[name]])
    return mp.mpc(*table.at(row, name))


def check(title, table, want):
    worst = (0.0, "")
    for name, value in want.items():
        got = value_of(table, name)
        error = abs(got - value) / max(abs(value), mp.mpf("1e-3"))
        worst = max(worst, (float(error) if mp.isfinite(got) else float("inf"), name))
    good = worst[0] <= LIMIT
    print("%-24s %2d values, worst %.1e %s%s" % (title, len(want), worst[0], worst[1], "" if good else "  TOO FAR"))
    return good


def modes(program):
    good = True
    for title, elements in CIRCUITS.items():
        for zdiff, zcom in IMPEDANCES:
            want = expected(elements, zdiff, zcom)
            card = ".modes m port1=(a,c) port2=(b,d) zdiff=%d zcom=%d" % (zdiff, zcom)
            table = run(program, deck_of(elements, card))
            good &= check("%s %d %d" % (title, zdiff, zcom), table, {"m." + k: x for k, x in want.items()})
    return good


def to_ground(ya, yc, yx, zdiff):
    """Legs with admittances to ground and between them; zcom = zdiff/4, so that the centre is ground."""
    h = 2 / mp.mpf(zdiff)
    d = (h + ya + yx) * (h + yc + yx) - yx ** 2
    return {"lcl": db(d / (h * (yc - ya))), "tcl": db(2 * (2 * h + ya + yc) / (yc - ya))}


def in_series(z1, z2, zdiff):
    """Impedances from leg to leg of the two ports."""
    h = mp.mpf(zdiff) / 2
    far, near = [h / (2 * h + z) for z in (z1, z2)], [(h + z) / (2 * h + z) for z in (z1, z2)]
    return {"lcl": -db(near[0] - near[1]), "lctl": -db(far[0] - far[1]),
            "tcl": db(2 * (near[0] + near[1]) / (near[0] - near[1])),
            "tctl": db(2 * (near[0] + near[1]) / (far[0] - far[1]))}


def closed_forms(program):
    s = 1j * OMEGA
    one, two = "port1=(a,c)", "port1=(a,c) port2=(b,d)"
    cases = {
        "resistor at a leg": (one, "R1 a 0 47k\nR2 c 0 1g", to_ground(1 / mp.mpf(47000), mp.mpf("1e-9"), 0, 600)),
        "unequal capacitors": (one, "C1 a 0 3.3n\nC2 c 0 3.1n\nR1 a c 1.2k",
                               to_ground(s * mp.mpf("3.3e-9"), s * mp.mpf("3.1e-9"), 1 / mp.mpf(1200), 600)),
        "1 ppm of resistance": (one, "R1 a 0 10k\nR2 c 0 10.00001k\nC1 a c 470p",
                                to_ground(1 / mp.mpf(10000), 1 / mp.mpf("10000.01"), s * mp.mpf("470e-12"), 600)),
        "resistors in the legs": (two, "R1 a b 33\nR2 c d 33.7", in_series(mp.mpf(33), mp.mpf("33.7"), 600)),
        "inductors in the legs": (two, "L1 a b 1m\nL2 c d 1.03m\nR1 a b 680\nR2 c d 680",
                                  in_series(*[1 / (1 / (s * mp.mpf(l)) + 1 / mp.mpf(680)) for l in ("1e-3", "1.03e-3")],
                                            600)),
    }
    good = True
    for title, (ports, elements, want) in cases.items():
        text = "closed form\n%s\n.ac list 2385\n.modes m %s zdiff=600 zcom=150\n.end\n" % (elements, ports)
        good &= check(title, run(program, text), {"m." + k: x for k, x in want.items()})
    return good


def measured(program):
    """Any passive S of four ports: mixed modes are M S M^T for the differential and common waves of the pairs of ports, at
    the impedances 2 Z0 and Z0/2."""
    random.seed(2385)
    root = 1 / mp.sqrt(2)
    change = mp.matrix([[root, -root, 0, 0], [root, root, 0, 0], [0, 0, root, -root], [0, 0, root, root]])
    good = True
    for z0 in (50, 93.7):
        s = mp.matrix(4, 4)
        for i in range(4):
            for j in range(4):
                s[i, j] = mp.mpc(random.uniform(-0.24, 0.24), random.uniform(-0.24, 0.24))
        mixed = change * s * change.T
        modes_of = [("d", 1), ("c", 1), ("d", 2), ("c", 2)]
        want = {"m.s%s%s%d%d" % (p, q, k, j): mixed[a, b]
                for a, (p, k) in enumerate(modes_of) for b, (q, j) in enumerate(modes_of)}
        zdiff, zcom = 2 * mp.mpf(z0), mp.mpf(z0) / 2
        want["m.lcl"] = -db(want["m.sdc11"]) - 20 * mp.log10(mp.sqrt(zdiff / zcom) / 2)
        numbers = " ".join("%r %r" % (float(x.real), float(x.imag)) for x in s)
        text = ('measured\nN1 a c b d 0 file="x.s4p"\n.ac list 2385\n.modes m port1=(a,c) port2=(b,d) zdiff=%s zcom=%s\n'
                ".end\n" % (mp.nstr(zdiff, 17), mp.nstr(zcom, 17)))
        table = run(program, text, {"x.s4p": "# Hz S RI R %r\n1000 %s\n10000 %s\n" % (z0, numbers, numbers)})
        good &= check("measured, %g ohm" % z0, table, want)
        identity = -db(value_of(table, "m.sdc11")) - value_of(table, "m.lcl") - 20 * mp.log10(mp.sqrt(zdiff / zcom) / 2)
        if not abs(identity) <= LIMIT * 20:
            print("the identity of lcl and Sdc11 is off by %s dB" % mp.nstr(identity, 3))
            good = False
    return good


def balance(program):
    """A driver of unequal emfs and build-out resistors: halves of the load with the centre open, or tied."""
    def solve(up, un, centre, load):
        net = Net([("R", "x", "0", 5e5)])
        net.branch("p0", "0", 0, up)
        net.branch("n0", "0", 0, un)
        net.branch("p0", "a", 50)
        net.branch("n0", "c", 51)
        net.branch("x", "0", 0)
        net.branch("a", "m", mp.mpf(load) / 2)
        net.branch("c", "m", mp.mpf(load) / 2)
        if centre is not None:
            net.branch("m", "0", 0, centre)
        v, _ = net.solve()
        return v("a") - v("c"), v("m"), (v("a") + v("c")) / 2
    good = True
    for load in (600, 10000):
        d, m, _ = solve(1, mp.mpf("-0.97"), None, load)
        want = {"o.sbr": db(d / m)}
        d, _, mean = solve(1, mp.mpf("-0.97"), 0, load)
        want["o.osb"] = db(d / mean)
        want["o.ocmr"] = -db(solve(0, 0, 1, load)[0])
        text = ("driver\nVp p0 0 ac 1\nVn n0 0 ac 0.97 180\nRp p0 a 50\nRn n0 c 51\n.ac list 2385\n"
                ".balance o port=(a,c) load=%d\n.end\n" % load)
        good &= check("balance %d" % load, run(program, text), want)
    return good


def main():
    program, _, _, _ = lib.arguments()
    if not program:
        lib.skip("there is no balspice")
    return 0 if modes(program) & closed_forms(program) & measured(program) & balance(program) else 1


sys.exit(main())
