#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 600
"""differential.py BALSPICE SRCDIR ORACLE [--self-test] [DECK...]: every deck of differential/ by three programs.

Each node voltage and each current of a V source at each point: |a - b| / max(|b|, 1e-6 of the deck's largest voltage
or current) must be 1e-9 or less between balspice and ngspice. Where they differ the quad-precision oracle settles it:
balspice must agree with the oracle, and the deck is listed as "ngspice wrong". Decks form_* show forms of elements that
the oracle does not read: ngspice must be right there. With "-" for BALSPICE, ngspice is compared with the oracle, which
tells what the decks themselves are worth. ngspice's exit status means nothing (39 says 1 after a good run): only the
raw file that it wrote is looked at."""
import copy
import glob
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib
from raw_lib import Result, kind, read_raw

LIMIT, FLOOR = 1e-9, 1e-6
# Settled once by the oracle, for a build that has none (clang): ngspice 39 is off by the figure given.
NGSPICE_WRONG = {
    "link_milliohm": "2e-6: 400 S beside 1 nS on one diagonal",
    "links_microohm": "6e-7: 1e6 S beside 100 uS on one diagonal",
    "null_deep": "5e-4: CMRR of 186 dB with an op-amp of 1e8",
    "t_floating": "4e-8: a line that is short against the wavelength",
}
CONTROL = "\n.control\nrun\nset filetype=binary\nwrite %s\nquit 0\n.endc\n.end\n"


def of_table(table):
    wanted = [n for n in table.names() if kind(n)]
    return Result(table.frequencies(), {n: [table.at(row, n) for row in table.rows] for n in wanted})


def ngspice(program, folder, name):
    """Runs a copy of the deck, in a copy of its folder, that ends in a control block."""
    with open(os.path.join(folder, name + ".cir"), encoding="utf-8") as file:
        lines = [line for line in file.read().splitlines() if line.strip().lower() != ".end"]
    deck, raw = os.path.join(folder, name + ".ng"), os.path.join(folder, name + ".raw")
    with open(deck, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + CONTROL % os.path.basename(raw))
    done = lib.run([program, "-n", "-b", deck], cwd=folder)
    if not os.path.exists(raw):
        complaint = [line for line in (done.stderr + done.stdout).splitlines() if "rror" in line]
        raise lib.Failed("ngspice: nothing written: " + lib.first_line("\n".join(complaint)))
    return read_raw(raw)


def compare(got, want):
    """(error, where) of the worst value; raises if the grids or the names do not match."""
    if len(got.frequencies) != len(want.frequencies):
        raise lib.Failed("%d points and %d points" % (len(got.frequencies), len(want.frequencies)))
    for f, g in zip(got.frequencies, want.frequencies):
        if not abs(float(f) - float(g)) <= 1e-11 * abs(float(g)):
            raise lib.Failed("frequencies %r and %r" % (f, g))
    missing = sorted(set(want.vectors) - set(got.vectors))
    if missing:
        raise lib.Failed("missing " + " ".join(missing))
    top = {"v": 0, "i": 0}
    for name, values in want.vectors.items():
        top[kind(name)] = max([top[kind(name)]] + [lib.magnitude(v) for v in values])
    worst = (0.0, "")
    for name, values in want.vectors.items():
        for f, a, b in zip(want.frequencies, got.vectors[name], values):
            worst = max(worst, (lib.distance(a, b, top[kind(name)], FLOOR), "%s at %.6g Hz" % (name, f)))
    return worst


def attempt(first, second):
    try:
        return compare(first, second)
    except lib.Failed as why:
        return float("inf"), str(why)


def verdict(name, ours, theirs, exact):
    """(good, word, [(error, where) or None of ours-theirs, theirs-exact, ours-exact])."""
    pairs = ((ours, theirs), (theirs, exact), (ours, exact))
    errors = [attempt(a, b) if a and b else None for a, b in pairs]
    small = [e is not None and e[0] <= LIMIT for e in errors]
    if exact and ours:
        if not small[2]:
            return False, "BALSPICE WRONG", errors
        return True, "ok" if small[0] else "ngspice wrong", errors
    if ours and not small[0] and name in NGSPICE_WRONG:
        return True, "ngspice wrong (NOT CHECKED, no oracle)", errors
    if ours:
        return small[0], "ok" if small[0] else "DIFFERS, NO ORACLE", errors
    return True, "ok" if small[1] else "ngspice wrong", errors


def three_ways(programs, folder, name):
    """(balspice's, ngspice's, the oracle's) results; the oracle solves at the frequencies of the first one."""
    program, peer, oracle = programs
    deck = os.path.join(folder, name + ".cir")
    theirs = ngspice(peer, folder, name)
    ours = of_table(lib.balspice(program, deck)) if program else None
    grid = [repr(f) for f in (ours or theirs).frequencies]
    settled = oracle and not name.startswith("form_")
    exact = of_table(lib.oracle(oracle, deck, grid)) if settled else None
    return ours, theirs, exact


def show(name, word, errors, points):
    cells = ["%9s" % ("-" if e is None else "%.1e" % e[0]) for e in errors]
    bad = [e for e in errors if e and not e[0] <= LIMIT]
    print("%-28s %5d  %s  %s%s" % (name, points, " ".join(cells), word, "   " + bad[0][1] if bad else ""))


def run_all(programs, folder, names):
    print("%-28s %5s  %9s %9s %9s" % ("deck", "rows", "bal-ng", "ng-exact", "bal-exact"))
    failed, wrong, worst = [], [], [(0.0, "")] * 3
    for name in names:
        try:
            ours, theirs, exact = three_ways(programs, folder, name)
            good, word, errors = verdict(name, ours, theirs, exact)
            show(name, word, errors, len(theirs.frequencies))
            worst = [max(w, (e[0], name)) if e else w for w, e in zip(worst, errors)]
        except lib.Failed as why:
            good, word = False, ""
            print("%-28s %s" % (name, why))
        if not good:
            failed.append(name)
        elif word != "ok":
            wrong.append(name)
    for title, w in zip(("balspice to ngspice", "ngspice to exact", "balspice to exact"), worst):
        print("worst %-20s %.1e  %s" % (title, w[0], w[1]))
    print("ngspice wrong: %s" % (" ".join(wrong) or "none"))
    print("%d decks, %d failed%s" % (len(names), len(failed), ": " + " ".join(failed) if failed else ""))
    return 1 if failed else 0


def falsified(result, name, row, factor):
    lie = copy.deepcopy(result)
    re, im = (float(x) for x in lie.vectors[name][row])
    lie.vectors[name][row] = (re * factor, im * factor)
    return lie


def self_test(programs, folder, names):
    """A small lie in one value of one program must be seen, and blamed on the right one."""
    ours, theirs, exact = three_ways(programs, folder, names[0])
    ours = ours or exact
    truth = ours or theirs
    name = max(truth.vectors, key=lambda n: lib.magnitude(truth.vectors[n][-1]))
    short = Result(truth.frequencies[1:], {n: v[1:] for n, v in truth.vectors.items()})
    fewer = Result(truth.frequencies, {n: v for n, v in truth.vectors.items() if n != name})
    lies = {"3e-9": falsified(truth, name, -1, 1 + 3e-9), "nan": falsified(truth, name, -1, float("nan")),
            "sign": falsified(truth, name, 0, -1), "a row less": short, "a vector less": fewer}
    trials = {"believed " + title: attempt(lie, theirs)[0] <= LIMIT for title, lie in lies.items()}
    trials["refused the truth"] = not attempt(truth, theirs)[0] <= LIMIT
    if exact:
        for title, lie in lies.items():
            trials["passed our " + title] = verdict(names[0], lie, theirs, exact)[0]
        blamed = verdict(names[0], ours, falsified(theirs, name, -1, 1 + 3e-9), exact)
        trials["blamed us for ngspice"] = blamed[:2] != (True, "ngspice wrong")
    for title, bad in trials.items():
        print("%-32s %s" % (title, "YES" if bad else "no"))
    return 1 if any(trials.values()) else 0


def main():
    program, source, oracle, options = lib.arguments()
    peer = shutil.which("ngspice")
    if not peer:
        lib.skip("ngspice is not installed, the comparison with it cannot be made")
    if not oracle:
        print("NO ORACLE in this build: disagreements cannot be settled and count as failures")
    here = os.path.join(source, "tests", "golden", "differential")
    chosen = [o for o in options if o != "--self-test"]
    names = chosen or sorted(os.path.basename(p)[:-4] for p in glob.glob(os.path.join(here, "*.cir")))
    with tempfile.TemporaryDirectory() as folder:
        folder = shutil.copytree(here, os.path.join(folder, "decks"))
        programs = (program, peer, oracle)
        action = self_test if "--self-test" in options else run_all
        return action(programs, folder, names)


sys.exit(main())
