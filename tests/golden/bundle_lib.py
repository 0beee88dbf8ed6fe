# SPDX-License-Identifier: GPL-3.0-or-later
"""Cables side by side and in shields as lines whose conductors are all taken against the ground, in 50 digits:
series impedances and shunt admittances, added up loop by loop and pair by pair. Nothing of domains or modes."""
from mpmath import acosh, cosh, hypot, inverse, j, log, matrix, mp, mpf, pi, sinh, sqrt

mp.dps = 50
MU0, LIGHT = 4 * pi / 10 ** 7, mpf(299792458)
EPS0 = 1 / (MU0 * LIGHT ** 2)


def num(text):
    """'1.5m' as netlists have it."""
    scale = {"m": -3, "u": -6, "n": -9, "p": -12, "k": 3}.get(text[-1])
    return mpf(text) if scale is None else mpf(text[:-1]) * mpf(10) ** scale


def values(text):
    return {key: num(value) for key, value in (word.split("=") for word in text.split())}


def square_root_law(s, r):
    return r * sqrt(1 + s * MU0 / (4 * pi * r))


def lossy(s, tangent):
    return s * (1 - j * tangent)


class Shield:
    """Impedances of a thin wall, Schelkunoff: on the inside, on the outside, and from one to the other."""

    def __init__(self, s, p):
        u = sqrt(s * MU0 * mpf("5.8e7")) * p["t_sh"]
        self.side = p["rs"] * u * cosh(u) / sinh(u)
        self.zt = p["rs"] * u / sinh(u) + s * p["mt"]
        self.radius = p["d_sh"] / 2 + p["t_sh"]


class Net:
    """Conductors against the ground: impedances of loops, admittances between any two or to ground (None)."""

    def __init__(self):
        self.n, self.z, self.y = 0, {}, {}

    def conductor(self):
        self.n += 1
        return self.n - 1

    def series(self, a, b, value):
        """Adds to Z of a, b and of b, a."""
        for pair in {(a, b), (b, a)}:
            self.z[pair] = self.z.get(pair, 0) + value

    def shunt(self, a, b, value):
        for p, q, sign in ((a, a, 1), (b, b, 1), (a, b, -1), (b, a, -1)):
            if p is not None and q is not None:
                self.y[p, q] = self.y.get((p, q), 0) + sign * value

    def matrices(self):
        z, y = matrix(self.n), matrix(self.n)
        for (a, b), value in self.z.items():
            z[a, b] = value
        for (a, b), value in self.y.items():
            y[a, b] = value
        return z, y


class Wire:
    def __init__(self, net, s, text):
        p = values(text)
        self.all = [net.conductor()]
        self.outer, self.radius = self.all[0], p["d_wire"] / 2
        k = sqrt(s * MU0 * mpf("5.8e7"))
        x = k * self.radius
        net.series(self.outer, self.outer, k * mp.besseli(0, x) / (2 * pi * self.radius * mpf("5.8e7") * mp.besseli(1, x)))


def in_shield(net, inside, shield, outer):
    """What the shield's wall adds to loops of conductors inside and the shield itself with the ground."""
    for a in inside:
        net.series(a, outer, shield.side - shield.zt)
        for b in inside:
            if a <= b:
                net.series(a, b, 2 * shield.side - 2 * shield.zt)
    net.series(outer, outer, shield.side)


class Coax:
    def __init__(self, net, s, text):
        p = values(text)
        core, self.outer = net.conductor(), net.conductor()
        self.all, shield = [core, self.outer], Shield(s, p)
        self.radius = shield.radius
        net.series(core, core, square_root_law(s, p["r"]) + s * p["l"])
        net.shunt(core, self.outer, lossy(s, p["tan_d"]) * p["c"])
        in_shield(net, [core], shield, self.outer)


class Pair:
    def __init__(self, net, s, text):
        p = values(text)
        one, two, self.outer = (net.conductor() for _ in range(3))
        self.all, shield = [one, two, self.outer], Shield(s, p)
        self.radius = shield.radius
        own, mutual = p["l"] / 4 + p["l_cs"], p["l_cs"] - p["l"] / 4
        skin = square_root_law(s, p["r"])
        insulation = lossy(s, p["tan_d"])
        for wire, sign in ((one, 1), (two, -1)):
            net.series(wire, wire, skin * (1 + sign * p["r_unb"]) + s * own)
            net.shunt(wire, self.outer, insulation * p["c_cs"] * (1 + sign * p["c_unb"] / 2))
        net.series(one, two, s * mutual)
        net.shunt(one, two, insulation * p["c_cc"])
        in_shield(net, [one, two], shield, self.outer)
        half = {one: mpf(1) / 2, two: -mpf(1) / 2, self.outer: mpf(0)}  # the shield's flux between the wires
        for k, a in enumerate(self.all):
            for b in self.all[k:]:
                net.series(a, b, -s * p["scin"] * (half[a] + half[b]))


class Twisted:
    """Two wires that the outside sees as one, its voltage that of both by their shares of the charge."""

    def __init__(self, net, s, text):
        p = values(text)
        one, two = net.conductor(), net.conductor()
        self.all = [one, two]
        self.radius = sqrt(p["d_wire"] / 2 * p["spacing"])
        self.share = {one: (1 + p["c_unb"] / 2) / 2, two: (1 - p["c_unb"] / 2) / 2}
        k = sqrt(s * MU0 * mpf("5.8e7"))
        x = k * p["kp"] * p["d_wire"] / 2
        skin = k * p["kp"] * mp.besseli(0, x) / (pi * p["d_wire"] * mpf("5.8e7") * mp.besseli(1, x))
        for wire, sign in ((one, 1), (two, -1)):
            net.series(wire, wire, skin * (1 + sign * p["r_unb"]) + s * p["l"] / 4)
        net.series(one, two, -s * p["l"] / 4)
        net.shunt(one, two, lossy(s, p["tan_d"]) * p["c"] + p["g"])


class Bundle:
    """Members [(conductors' object, x, y)]; text as on the card."""

    def __init__(self, net, s, text, members):
        p = values(text)
        self.parts = [part for part, _, _ in members]
        self.all = [a for part in self.parts for a in part.all]
        inner = self.inner_radius = p.get("d_sh", mpf(0)) / 2
        places = [(num(x), num(y) + (0 if inner else p["h"])) for _, x, y in members]
        n = len(members)
        geometry = matrix(n)
        for a in range(n):
            for b in range(n):
                geometry[a, b] = self.potential(places[a], places[b], self.parts[a].radius, a == b)
        c = inverse(geometry) * (2 * pi * EPS0 * p["er"])
        self.outer = net.conductor() if inner else None
        for a in range(n):
            for b in range(a, n):
                loss = 0 if inner else self.earth(s, p, places[a], places[b]) + p.get("re", 0)
                self.everywhere(net, a, b, s * MU0 / (2 * pi) * geometry[a, b] + loss)
                if a != b:
                    self.across(net, self.shares(a), self.shares(b), -lossy(s, p["tan_d"]) * c[a, b])
            whole = sum(c[a, b] for b in range(n))
            self.across(net, self.shares(a), {self.outer: 1}, lossy(s, p["tan_d"]) * whole)
            alike = {node: mpf(1) / len(self.shares(a)) for node in self.shares(a)}
            self.across(net, alike, {self.outer: 1}, p.get("g", 0))
        if inner:
            shield = Shield(s, p)
            self.radius = shield.radius
            in_shield(net, self.all, shield, self.outer)
            self.all = self.all + [self.outer]
            self.to_ground(net, s, p)

    def shares(self, a):
        """How the outside's charge on a member divides between its conductors."""
        return getattr(self.parts[a], "share", None) or {self.parts[a].outer: 1}

    @staticmethod
    def across(net, one, other, value):
        """An admittance between two such sums of conductors."""
        ends = {**one, **{node: -share for node, share in other.items()}}
        for a, x in ends.items():
            for b, y in ends.items():
                if a is not None and b is not None:
                    net.y[a, b] = net.y.get((a, b), 0) + x * y * value

    def everywhere(self, net, a, b, value):
        """A loop of member a with the reference is one of each of its conductors."""
        for one in self.parts[a].all:
            for two in self.parts[b].all:
                if a != b or one <= two:
                    net.series(one, two, value)

    def to_ground(self, net, s, p):
        if "h" not in p:
            return
        arc = acosh(p["h"] / self.radius)
        self_z = s * MU0 / (2 * pi) * arc + p.get("re", 0)
        for k, a in enumerate(self.all):
            for b in self.all[k:]:
                net.series(a, b, self_z)
        net.shunt(self.outer, None, lossy(s, p["tan_e"]) * 2 * pi * EPS0 / arc + p.get("ge", 0))

    def potential(self, a, b, radius, same):
        (xa, ya), (xb, yb), inner = a, b, self.inner_radius
        apart = hypot(xa - xb, ya - yb)
        if not inner:
            return acosh(ya / radius) if same else log(hypot(xa - xb, ya + yb) / apart)
        if same:
            return acosh((inner ** 2 + radius ** 2 - xa ** 2 - ya ** 2) / (2 * inner * radius))
        stretch = inner ** 2 / (xb ** 2 + yb ** 2)  # the image of b, and how much farther it is than b
        image = hypot(xa - xb * stretch, ya - yb * stretch)
        return log(image * hypot(xb, yb) / (inner * apart))

    @staticmethod
    def earth(s, p, a, b):
        if "sigma_g" not in p:
            return mpf(0)
        up, across, depth = a[1] + b[1], a[0] - b[0], 1 / sqrt(s * MU0 * p["sigma_g"])
        return s * MU0 / (2 * pi) * log(sqrt(across ** 2 + (up + 2 * depth) ** 2) / hypot(across, up))
