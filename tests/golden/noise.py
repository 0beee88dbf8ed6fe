#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""noise.py BALSPICE SRCDIR ORACLE: .noise of every deck of noise/ by balspice and by ngspice, to 1e-9.

ngspice computes with Boltzmann's constant of 2014; its densities are scaled by the root of the ratio to the exact one,
after a check that a single resistor shows the constant that is assumed here. Sweeps are of whole decades: its .ac
spreads the points of others to end at f2, as ours does, its .noise does not."""
import glob
import math
import os
import shutil
import struct
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib

LIMIT = 1e-9
EXACT, OLD, KELVIN = 1.380649e-23, 1.38064852e-23, 300.15


def read_raw(path):
    with open(path, "rb") as file:
        head, _, body = file.read().partition(b"Binary:\n")
    lines = head.decode().splitlines()
    fields = dict(line.split(":", 1) for line in lines if ":" in line and not line.startswith("\t"))
    n, points = int(fields["No. Variables"]), int(fields["No. Points"])
    names = [line.split()[1].lower() for line in lines[lines.index("Variables:") + 1:]]
    step = 2 if "complex" in fields["Flags"] else 1
    values = struct.unpack_from("<%dd" % (step * n * points), body)
    return {name: [values[step * (p * n + k)] for p in range(points)] for k, name in enumerate(names)}


def ngspice(program, folder, deck):
    """Frequencies and both densities, V/rtHz, with the exact constant."""
    lines = [line for line in deck.splitlines() if line.strip().lower() != ".end"]
    card = next(line for line in lines if line.lower().startswith(".noise"))
    lines.remove(card)
    path, raw = os.path.join(folder, "x.cir"), os.path.join(folder, "x.raw")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n.control\n%s\nsetplot noise1\nset filetype=binary\n"
                   "write x.raw onoise_spectrum inoise_spectrum\nquit 0\n.endc\n.end\n" % card[1:])
    done = lib.run([program, "-n", "-b", path], cwd=folder)
    if not os.path.exists(raw):
        raise lib.Failed("ngspice: nothing written: " + lib.first_line(done.stderr))
    vectors = read_raw(raw)
    os.remove(raw)
    scale = math.sqrt(EXACT / OLD)
    return (vectors["frequency"], [scale * x for x in vectors["onoise_spectrum"]],
            [scale * x for x in vectors["inoise_spectrum"]])


def worst(ours, theirs):
    if len(ours.rows) != len(theirs[0]):
        raise lib.Failed("%d points and %d points" % (len(ours.rows), len(theirs[0])))
    error = 0.0
    for row, f, out, into in zip(ours.rows, *theirs):
        got = (row[0], row[ours.index["noise.onoise"]], row[ours.index["noise.inoise"]])
        for a, b in zip(got, (f, out, into)):
            error = max(error, abs(a - b) / abs(b) if math.isfinite(a) else float("inf"))
    return error


def main():
    program, source, _, _ = lib.arguments()
    peer = shutil.which("ngspice")
    if not peer or not program:
        lib.skip("ngspice is not installed, or there is no balspice")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        one = "a resistor\nV1 in 0 ac 1\nR1 in o 4.77k\nR2 o 0 4.77k\n.noise v(o) V1 lin 2 10 20\n.end\n"
        density = ngspice(peer, folder, one)[1][0]
        if abs(density / math.sqrt(4 * EXACT * KELVIN * 2385) - 1) > LIMIT:
            raise lib.Failed("ngspice has another Boltzmann constant than was assumed")
        for path in sorted(glob.glob(os.path.join(source, "tests", "golden", "noise", "*.cir"))):
            with open(path, encoding="utf-8") as file:
                theirs = ngspice(peer, folder, file.read())
            error = worst(lib.balspice(program, path), theirs)
            failed += not error <= LIMIT
            print("%-16s %3d points  %.1e%s" % (os.path.basename(path)[:-4], len(theirs[0]), error,
                                              "" if error <= LIMIT else "  TOO FAR"))
    return 1 if failed else 0


sys.exit(main())
