#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_random_decks.py [FOLDER]: writes the random_*.cir and mesh_*.cir of differential/. The same seeds give the same
bytes (only random() is used, which Python keeps stable between versions)."""
import os
import random
import sys


class Deck:
    """Cards with values of four digits, awkward by construction."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.cards = []

    def value(self, low, high):
        """Log-uniform between two powers of ten."""
        return "%.3e" % (10 ** (low + (high - low) * self.random.random()))

    def pick(self, n):
        return int(self.random.random() * n)

    def sign(self):
        return "-" if self.random.random() < 0.5 else ""

    def add(self, *words):
        self.cards.append(" ".join(str(w) for w in words))


def random_net(seed, nodes):
    """A tree of resistors that reaches every node, more branches on top, weak controlled sources."""
    deck = Deck(seed)
    deck.add("V1", "in", 0, "ac", deck.value(-1, 1), "%.1f" % (360 * deck.random.random()))
    deck.add("Rs", "in", "n0", deck.value(1, 3))
    for i in range(1, nodes):
        deck.add("Rt%d" % i, "n%d" % i, "n%d" % deck.pick(i), deck.value(2, 5))
        if i % 3 == 0:
            deck.add("Rg%d" % i, "n%d" % i, 0, deck.value(3, 6))
        if i % 2 == 0:
            deck.add("Cg%d" % i, "n%d" % i, 0, deck.value(-12, -8))
    for i in range(nodes // 2):
        a, b = deck.pick(nodes), deck.pick(nodes)
        if a != b:
            deck.add("%s%dx" % ("CL"[i % 2], i), "n%d" % a, "n%d" % b,
                     deck.value(-12, -8) if i % 2 == 0 else deck.value(-5, -2))
    for i in range(max(1, nodes // 6)):
        controlled(deck, i, nodes)
    deck.add("I1", "n%d" % deck.pick(nodes), "n0", "ac", deck.value(-6, -4), "%.1f" % (90 * deck.random.random()))
    deck.add(".ac dec 2 113 113k")
    return deck.cards


def controlled(deck, i, nodes):
    a, b, c = (deck.pick(nodes) for _ in range(3))
    kind = "GEFH"[i % 4]
    if kind == "G":
        deck.add("G%dq" % i, "n%d" % a, 0, "n%d" % b, "n%d" % c, deck.sign() + deck.value(-7, -5))
    elif kind == "E":
        deck.add("E%dq" % i, "e%d" % i, 0, "n%d" % b, 0, deck.sign() + deck.value(-2, 0))
        deck.add("Re%d" % i, "e%d" % i, "n%d" % a, deck.value(3, 4))
    else:
        deck.add("Vq%d" % i, "n%d" % b, "s%d" % i, 0)
        deck.add("Rq%d" % i, "s%d" % i, 0, deck.value(3, 4))
        gain = deck.sign() + (deck.value(-2, 0) if kind == "F" else deck.value(0, 2))
        out = "n%d" % a if kind == "F" else "h%d" % i
        deck.add("%s%dq" % (kind, i), out, 0, "Vq%d" % i, gain)
        if kind == "H":
            deck.add("Rh%d" % i, out, "n%d" % a, deck.value(3, 4))


def mesh(seed, side):
    """side x side nodes, R and C to the right and down by chance, each node with a small C to ground."""
    deck = Deck(seed)
    deck.add("V1", "in", 0, "ac", 1)
    deck.add("Rs", "in", "m0_0", deck.value(2, 3))
    for i in range(side):
        for j in range(side):
            here = "m%d_%d" % (i, j)
            deck.add("C%d_%d" % (i, j), here, 0, deck.value(-12, -9))
            for k, there in (("x", (i, j + 1)), ("y", (i + 1, j))):
                if max(there) < side:
                    deck.add("R%s%d_%d" % (k, i, j), here, "m%d_%d" % there, deck.value(2, 4))
    deck.add("RL", "m%d_%d" % (side - 1, side - 1), 0, deck.value(3, 4))
    deck.add(".ac dec 1 1.7k 1.7meg")
    return deck.cards


def write(folder, name, covers, cards):
    with open(os.path.join(folder, name + ".cir"), "w", encoding="utf-8") as file:
        file.write("* %s, written by make_random_decks.py\n%s\n.end\n" % (covers, "\n".join(cards)))


def main():
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "differential")
    folder = sys.argv[1] if len(sys.argv) > 1 else here
    for seed, nodes in ((11, 6), (12, 10), (13, 14), (14, 18), (15, 24), (16, 30)):
        write(folder, "random_%d" % seed, "random net of %d nodes, seed %d" % (nodes, seed), random_net(seed, nodes))
    for seed, side in ((21, 3), (22, 5)):
        write(folder, "mesh_%d" % side, "random RC mesh of %dx%d, seed %d" % (side, side, seed), mesh(seed, side))


main()
