#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""cables.py BALSPICE SRCDIR ORACLE: receiver voltages of whole circuits with coax, pair and general lines against
60-digit arithmetic (mtl_reference.txt), to 1e-10 relative where they are above -200 dB."""
import math
import os
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib

LIMIT, FLOOR = 1e-10, 1e-10

COAX = ".model c coax (d_wire=0.9m d_sh=2.95m t_sh=0.125m shield=tube er=2.25 tan_d=4e-4 tan_e=0 h=50m)\n"
DRIVEN = """V1 source 0 ac 1
Rs source drive 0.001
Ra drive a1 25
Rb drive b1 25
R3 a2 0 10k
R4 b2 0 10k
"""
GROUNDS = """Rg s1 0 0.01
Rb s2 gb 1
Vg remote 0 ac 1
Rv remote gb 0.001
"""
# case: deck, (nodes of) the receiver
CASES = {
    "coax": (COAX + "V1 in 0 ac 1\nRs in a1 75\nRl a2 0 10k\nP1 a1 0 a2 0 c len=30\n", "v(a2)"),
    "coax_ground": (COAX + "Rs a1 s1 75\nRl a2 s2 10k\n" + GROUNDS + "P1 a1 s1 0 a2 s2 0 c len=30\n", "v(a2,s2)"),
    "pair_1ppm": (".param w={2*pi*1m}\n.model c line n=2 basis=pair r=(0.16 40n 0.06) l=(0.6u,0.15p,0.22u)\n"
                  "+ c=60p,90e-18,180p gd={w*60p} {w*90e-18} {w*180p}\n" + DRIVEN
                  + "P1 a1 b1 0 a2 b2 0 c len=30\n", "v(a2,b2)"),
    "stp_ground": (".model c pair (r=75m r_unb=5m f1=100k l=0.62u l_cs=0.2u c_cc=27.5p c_cs=95p c_unb=20m scin=0.5n\n"
                   "+ rs=20m mt=0.5n t_sh=0.12m tan_d=5m le=0.95u ce=28p tan_e=20m)\n"
                   "R1 a1 s1 25\nR2 b1 s1 25\nR3 a2 s2 10k\nR4 b2 s2 10k\n" + GROUNDS
                   + "P1 a1 b1 s1 0 a2 b2 s2 0 c len=100\n", "v(a2,b2)"),
    "long_10km": ('.model c line basis=pair table="long.csv"\n' + DRIVEN + "P1 a1 b1 0 a2 b2 0 c len=10k\n", "v(a2,b2)"),
}


def reference(path):
    """{case: [point]}, a point being {key: [float]}."""
    cases = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.split()
            if words[0] == "case":
                points = cases[words[1]] = []
            elif words[0] == "point":
                points.append({"f": float(words[1])})
            elif words[0] == "voltage":
                points[-1][words[1]] = complex(float(words[2]), float(words[3]))
            elif words[0] != "#":
                points[-1][words[0]] = [float(word) for word in words[1:]]
    return cases


def write_table(path, points):
    """Z and Y of two modes as columns r l g c of 11 12 22."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("frequency,r11,l11,g11,c11,r12,l12,g12,c12,r22,l22,g22,c22\n")
        for point in points:
            w = 2 * math.pi * point["f"]
            numbers = [point["f"]]
            for at in (0, 1, 3):
                z, y = point["Z"][2 * at:2 * at + 2], point["Y"][2 * at:2 * at + 2]
                numbers += [z[0], z[1] / w, y[0], y[1] / w]
            file.write(",".join(map(repr, numbers)) + "\n")


def worst_of(program, name, points, folder):
    deck, receiver = CASES[name]
    write_table(os.path.join(folder, "long.csv"), points) if name == "long_10km" else None
    path = os.path.join(folder, name + ".cir")
    with open(path, "w", encoding="utf-8") as file:
        file.write("%s\n%s.ac list %s\n.save %s\n" % (name, deck, " ".join(repr(p["f"]) for p in points), receiver))
    table = lib.balspice(program, path)
    worst = 0.0
    for row, point in enumerate(points):
        want = point["vrx"]
        if abs(want) > FLOOR:
            worst = max(worst, abs(complex(*table.at(table.rows[row], receiver)) / want - 1))
    return worst


def main():
    program, source = sys.argv[1:3]
    cases = reference(os.path.join(source, "tests", "golden", "mtl_reference.txt"))
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in CASES:
            worst = worst_of(program, name, cases[name], folder)
            failed += not worst <= LIMIT
            print("%-12s %.1e%s" % (name, worst, "" if worst <= LIMIT else "   OVER"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
