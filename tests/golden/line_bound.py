#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""line_bound.py BALSPICE SRCDIR ORACLE: what a bound says of lines, whose entries are computed in double. `.cmrr
NAME.bound` of a nearly perfect pair must hold the true error (the circuit in 60 digits), and more than any r, l, g or c
moves the result that is wrong by 2^-43 of itself. It must be of use, too: no more than 3 times all those moves together
where the line is electrically short, 1e-7 dB where it is not."""
import math
import os
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib

try:
    import mpmath as mp
except ImportError:
    lib.skip("python3-mpmath is not installed")
mp.mp.dps = 60
STEP = 2.0 ** -43
SHORT = 1e6  # metres times hertz
FREQUENCIES = (10.0, 1e3, 20e3, 1e6, 30e6)
TRIANGLE = ((0, 0), (0, 1), (1, 1))
PAIR = {"r": (0.15, 40e-9, 0.06), "l": (0.6e-6, 0.15e-12, 0.22e-6), "g": (1e-9, 1e-15, 1.7e-9),
        "c": (60e-12, 90e-18, 180e-12)}
PAIR_DECK = """Vs sp sn ac 1
Ecm sn 0 cm 0 1
Vc cm 0 ac 1
R1 sp a 25
R2 sn b 25
R3 c 0 10k
R4 d 0 10k
.model x line n=2 basis=pair %s
P1 a b 0 c d 0 x len=%r
.cmrr rx out=v(c,d) signal=Vs common=Vc
"""
TWO = {"r": (0.173,), "l": (613e-9,), "g": (1e-7,), "c": (97.3e-12,)}
TWO_DECK = """Vs s 0 ac 1
Rs s a 50
O1 a 0 b 0 x
Rl b 0 10k
Vc c 0 ac 1
Rc c e 100k
O2 e 0 b 0 x
.model x ltra %s len=%r
.cmrr rx out=v(b) signal=Vs common=Vc
"""


def run(program, folder, deck, values, length):
    """[(cmrr in dB, bound in dB)] by frequency."""
    path = os.path.join(folder, "x.cir")
    lists = " ".join("%s=%s" % (k, "(%s)" % " ".join(map(repr, v)) if len(v) > 1 else repr(v[0])) for k, v in values.items())
    with open(path, "w", encoding="utf-8") as file:
        file.write("bounds\n%s.ac list %s\n.save rx.cmrr rx.bound\n"
                   % (deck % (lists, length), " ".join(map(repr, FREQUENCIES))))
    table = lib.balspice(program, path)
    return [(20 * mp.log10(abs(mp.mpc(*table.at(row, "rx.cmrr")))), row[table.index["rx.bound"]]) for row in table.rows]


def chain(values, length, f):
    """Voltages and currents at the far end from those at the near end; modes."""
    n = len(values["r"]) // 2 + 1
    s = 2j * mp.pi * mp.mpf(f)
    a = mp.zeros(2 * n)
    for k, (i, j) in enumerate(TRIANGLE[:len(values["r"])]):
        z = (mp.mpf(values["r"][k]) + s * mp.mpf(values["l"][k])) * mp.mpf(length)
        y = (mp.mpf(values["g"][k]) + s * mp.mpf(values["c"][k])) * mp.mpf(length)
        for p, q in ((i, j), (j, i)):
            a[p, n + q], a[n + p, q] = -z, -y
    return mp.expm(a)


def exact_pair(values, length, f):
    """CMRR in dB: difference d and mean c of the wires, 25 ohm in each leg, 10 kohm behind."""
    t = chain(values, length, f)
    wire = mp.matrix([[mp.mpf(1) / 2, 1], [-mp.mpf(1) / 2, 1]])  # voltages of the wires from d, c
    flow = mp.matrix([[1, mp.mpf(1) / 2], [-1, mp.mpf(1) / 2]])  # their currents
    rows = mp.zeros(4)
    rows[0:2, 0:2], rows[0:2, 2:4] = wire, 25 * flow
    rows[2:4, 0:4] = wire * t[0:2, 0:4] - 10000 * flow * t[2:4, 0:4]
    out = []
    for drive in ((1, 0), (1, 1)):
        x = mp.lu_solve(rows, mp.matrix([drive[0], drive[1], 0, 0]))
        out.append((t[0, 0:4] * x)[0])
    return 20 * mp.log10(abs(out[0] / out[1]))


def exact_two(values, length, f):
    """Lines from 50 ohm and from 100 kohm to one load: the ratio is that of the currents into a short there, B + R D."""
    t = chain(values, length, f)
    b, d = -t[0, 1], t[0, 0]
    return 20 * mp.log10(abs((b + 100000 * d) / (b + 50 * d)))


def wrong_by_a_step(values):
    """Each entry in its turn."""
    for key in values:
        for k in range(len(values[key])):
            changed = list(values[key])
            changed[k] *= 1 + STEP
            yield "%s%d" % (key, k), {**values, key: tuple(changed)}


def check(program, folder, deck, values, exact, length):
    got = run(program, folder, deck, values, length)
    others = {name: run(program, folder, deck, changed, length) for name, changed in wrong_by_a_step(values)}
    good = True
    for k, f in enumerate(FREQUENCIES):
        value, bound = got[k]
        error = float(abs(value - exact(values, length, f)))
        moves = {name: float(abs(run_of[k][0] - value)) for name, run_of in others.items()}
        name = max(moves, key=moves.get)
        most = 3 * sum(moves.values()) if length * f < SHORT else 1e-7
        fits = error <= bound and moves[name] <= bound <= most
        good &= fits
        print("%7g m %8g Hz %7.2f dB: error %.1e, moved by %s %.1e, by all %.1e, bound %.1e%s"
              % (length, f, value, error, name, moves[name], sum(moves.values()), bound, "" if fits else "   WRONG"))
    return good


BLOCK_DECK = """Vs sp sn ac 1
Ecm sn 0 cm 0 1
Vc cm 0 ac 1
R1 sp a 25
R2 sn b 26
R3 c d 10k
N1 a b c d 0 file="x.s4p"
.ac list 1k
.cmrr rx out=v(c,d) signal=Vs common=Vc
.save rx.cmrr rx.bound
"""


def block(program, folder, s):
    with open(os.path.join(folder, "x.s4p"), "w", encoding="utf-8") as file:
        file.write("# Hz S RI R 50\n1000 %s\n" % " ".join("%r %r" % (x.real, x.imag) for x in s))
    path = os.path.join(folder, "x.cir")
    with open(path, "w", encoding="utf-8") as file:
        file.write("a block\n" + BLOCK_DECK)
    table = lib.balspice(program, path)
    return 20 * mp.log10(abs(mp.mpc(*table.at(table.rows[0], "rx.cmrr")))), table.rows[0][table.index["rx.bound"]]


def check_block(program, folder):
    """A measured block: entries wrong by 2^-50. They are moved by 2^-36, which shows, and the moves divided by 2^14."""
    s = [complex(0.11 * ((7 * k) % 5 - 2), 0.09 * ((3 * k) % 7 - 3)) for k in range(16)]
    value, bound = block(program, folder, s)
    moves = []
    for k in range(16):
        change = []
        for step in (2.0 ** -36, 2.0 ** -36 * 1j):
            wrong = [x * (1 + step) if i == k else x for i, x in enumerate(s)]
            change.append(float(abs(block(program, folder, wrong)[0] - value)) / 2 ** 14)
        moves.append(math.hypot(*change))
    fits = max(moves) <= bound <= 3 * sum(moves)
    print("a measured block, %.2f dB: moved by one entry %.1e, by all %.1e, bound %.1e%s"
          % (value, max(moves), sum(moves), bound, "" if fits else "   WRONG"))
    return fits


def main():
    program, _, _, _ = lib.arguments()
    if not program:
        lib.skip("there is no balspice")
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for length in (3.0, 30.0, 3000.0):
            good &= check(program, folder, PAIR_DECK, PAIR, exact_pair, length)
            good &= check(program, folder, TWO_DECK, TWO, exact_two, length)
        good &= check_block(program, folder)
    return 0 if good else 1


sys.exit(main())
