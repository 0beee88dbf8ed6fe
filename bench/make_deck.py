#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_deck.py KIND [--n N] [--ppd P] [--noac]: decks to measure speed on, flat R C L K V E G cards that every SPICE
reads. The output node is `out`.

diffamp  impedance-balanced driver, 10 m of cable in one section, four-resistor receiver (31 unknowns)
cable    the same with the cable in N (50) sections of R, L, K and C (325 unknowns)
ladder   N/2 sections of R L C (1.5 N unknowns)
mesh     N x N nodes of R and C
snake    N channels of `cable` side by side, neighbours coupled by 5 pF
"""
import argparse
import math
import random

SWEEP = (10, 100e3)
# 10 m of microphone cable: ohm and henry per core, farad between cores and from a core to the shield.
CORE_R, CORE_L, CORE_CORE_C, CORE_SHIELD_C, CORE_K = 1.0, 6e-6, 600e-12, 1200e-12, 0.6
SHIELD_R, SHIELD_L, PIGTAIL_R, GROUND_R = 0.15, 5e-6, 0.05, 1.0
IMBALANCE = 1.003  # of the hot core's capacitance
MISMATCH = 1e-3  # of one receiver resistor


class Deck:
    def __init__(self):
        self.cards = []

    def add(self, name, *words):
        self.cards.append(" ".join([name] + ["%.10g" % w if isinstance(w, float) else str(w) for w in words]))


def opamp(deck, tag, plus, minus, out, ground):
    """Input impedances, a transconductance with its pole (A = 1e6, 10 MHz), a second pole (40 MHz), a buffer."""
    p1, p2, buffered = tag + "p1", tag + "p2", tag + "ob"
    gm, aol, gbw, second, rejection = 1e-3, 1e6, 10e6, 40e6, 10 ** (-110 / 20)
    deck.add("Rid" + tag, plus, minus, 1e6)
    deck.add("Cid" + tag, plus, minus, 2e-12)
    for letter, node in (("p", plus), ("n", minus)):
        deck.add("Rc%s%s" % (letter, tag), node, ground, 1e9)
        deck.add("Cc%s%s" % (letter, tag), node, ground, 3e-12)
    deck.add("G1" + tag, ground, p1, plus, minus, gm)
    deck.add("Gc" + tag, ground, p1, plus, ground, gm * rejection)
    deck.add("R1" + tag, p1, ground, aol / gm)
    deck.add("C1" + tag, p1, ground, gm / (2 * math.pi * gbw))
    deck.add("G2" + tag, ground, p2, p1, ground, 1e-3)
    deck.add("R2" + tag, p2, ground, 1e3)
    deck.add("C2" + tag, p2, ground, 1e-3 / (2 * math.pi * second))
    deck.add("E1" + tag, buffered, ground, p2, ground, 1.0)
    deck.add("Ro" + tag, buffered, out, 50.0)


def driver(deck, tag, magnitude, spread):
    """Impedance-balanced output on a chassis that is `magnitude` volts away from the receiver's."""
    ground, drive = "gd" + tag, "do" + tag
    deck.add("Vcm" + tag, "x" + tag, 0, "dc 0 ac", float(magnitude))
    deck.add("Rgnd" + tag, "x" + tag, ground, GROUND_R)
    deck.add("Vdm" + tag, "src" + tag, ground, "dc 0 ac 0")
    opamp(deck, "d" + tag, "src" + tag, "fb" + tag, drive, ground)
    deck.add("Rfb" + tag, drive, "fb" + tag, 1e3)
    deck.add("Cfb" + tag, drive, "fb" + tag, 22e-12)
    deck.add("Rbh" + tag, drive, "hd" + tag, 47.0 * spread(0.01))
    deck.add("Rbc" + tag, ground, "cd" + tag, 47.0 * spread(0.01))
    deck.add("Cdh" + tag, "hd" + tag, ground, 100e-12 * spread(0.05))
    deck.add("Cdc" + tag, "cd" + tag, ground, 100e-12 * spread(0.05))


def cable(deck, tag, sections):
    """Two coupled cores over a lumped shield; the nodes at the far end."""
    shield, hot, cold = "sh" + tag, "hd" + tag, "cd" + tag
    deck.add("Rsh" + tag, "gd" + tag, "shm" + tag, SHIELD_R)
    deck.add("Lsh" + tag, "shm" + tag, shield, SHIELD_L)
    deck.add("Rpig" + tag, shield, 0, PIGTAIL_R)
    for i in range(1, sections + 1):
        here = "%d%s" % (i, tag)
        ends = []
        for letter, near in (("h", hot), ("k", cold)):
            middle, far = letter + "m" + here, ("h" if letter == "h" else "c") + here
            deck.add("R%s%s" % (letter, here), near, middle, CORE_R / sections)
            deck.add("L%s%s" % (letter, here), middle, far, CORE_L / sections)
            ends.append(far)
        hot, cold = ends
        deck.add("K" + here, "Lh" + here, "Lk" + here, CORE_K)
        deck.add("Ca" + here, hot, shield, CORE_SHIELD_C / sections * IMBALANCE)
        deck.add("Cb" + here, cold, shield, CORE_SHIELD_C / sections)
        deck.add("Cc" + here, hot, cold, CORE_CORE_C / sections)
    return hot, cold


def receiver(deck, tag, ends, mismatch, out):
    for letter, far in zip("hc", ends):
        node = "f%s%s" % (letter, tag)
        deck.add("Rf%s%s" % (letter, tag), far, node, 100.0)
        deck.add("Cf%s%s" % (letter, tag), node, 0, 47e-12)
        deck.add("Rb%sx%s" % (letter, tag), node, 0, 100e3)
    deck.add("R1" + tag, "fc" + tag, "n" + tag, 10e3 * (1 + mismatch))
    deck.add("R2" + tag, "n" + tag, out, 10e3)
    deck.add("R3" + tag, "fh" + tag, "p" + tag, 10e3)
    deck.add("R4" + tag, "p" + tag, 0, 10e3)
    deck.add("C2" + tag, "n" + tag, out, 22e-12)
    deck.add("C4" + tag, "p" + tag, 0, 22e-12)
    opamp(deck, "r" + tag, "p" + tag, "n" + tag, out, "0")
    deck.add("Rl" + tag, out, 0, 10e3)


def channel(deck, tag, sections, mismatch=MISMATCH, magnitude=1.0, out="out", spread=lambda part: 1.0):
    driver(deck, tag, magnitude, spread)
    receiver(deck, tag, cable(deck, tag, sections), mismatch, out)


def ladder(deck, nodes):
    deck.add("V1", "in", 0, "dc 0 ac 1")
    here, sections = "in", max(1, nodes // 2)
    for i in range(1, sections + 1):
        there = "out" if i == sections else "n%d" % i
        deck.add("R%d" % i, here, "m%d" % i, 0.02)
        deck.add("L%d" % i, "m%d" % i, there, 1e-7)
        deck.add("C%d" % i, there, 0, 1e-11)
        here = there
    deck.add("RL", "out", 0, 1e3)


def mesh(deck, side):
    def name(i, j):
        return "out" if i == j == side - 1 else "%d" % (i * side + j + 1)

    deck.add("V1", "in", 0, "dc 0 ac 1")
    deck.add("Rs", "in", name(0, 0), 100.0)
    for i in range(side):
        for j in range(side):
            if j + 1 < side:
                deck.add("Rx%d" % (i * side + j), name(i, j), name(i, j + 1), 1e3)
            if i + 1 < side:
                deck.add("Ry%d" % (i * side + j), name(i, j), name(i + 1, j), 1e3)
            deck.add("C%d" % (i * side + j), name(i, j), 0, 1e-11)
    deck.add("RL", "out", 0, 1e4)


def snake(deck, channels, sections=50):
    rng = random.Random(1)
    for c in range(channels):
        mismatch = MISMATCH * rng.uniform(-1, 1)
        channel(deck, "_%d" % c, sections, mismatch, 1.0 if c == 0 else 0.0, "out" if c == 0 else "out_%d" % c,
                lambda part: 1 + rng.uniform(-part, part))
    for c in range(channels - 1):
        for i in range(1, sections + 1):
            deck.add("Cx%d_%d" % (i, c), "c%d_%d" % (i, c), "h%d_%d" % (i, c + 1), 5e-12 / sections)


KINDS = {
    "diffamp": lambda deck, n: channel(deck, "", 1),
    "cable": lambda deck, n: channel(deck, "", n or 50),
    "ladder": lambda deck, n: ladder(deck, n or 10000),
    "mesh": lambda deck, n: mesh(deck, n or 100),
    "snake": lambda deck, n: snake(deck, n or 16),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("--n", type=int, default=0)
    parser.add_argument("--ppd", type=int, default=10, help="points per decade")
    parser.add_argument("--noac", action="store_true", help="no .ac and no .save card")
    arguments = parser.parse_args()
    deck = Deck()
    KINDS[arguments.kind](deck, arguments.n)
    print("* %s n=%d" % (arguments.kind, arguments.n))
    print("\n".join(deck.cards))
    if not arguments.noac:
        print(".ac dec %d %g %g\n.save v(out)" % ((arguments.ppd,) + SWEEP))
    print(".end")


main()
