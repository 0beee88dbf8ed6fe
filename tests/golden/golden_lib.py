# SPDX-License-Identifier: GPL-3.0-or-later
"""What the golden runners share: running balspice and the oracle, reading their CSV.

Every runner is called `runner.py BALSPICE SRCDIR ORACLE` ("-" for a program that is not there) and returns 0, 1 or
77 (skipped, and said so). SRCDIR is the root of the sources."""
import csv
import decimal
import os
import subprocess
import sys
import tempfile

decimal.getcontext().prec = 60
SKIPPED = 77


class Failed(Exception):
    """A program did not deliver."""


class Table:
    """Rows of a CSV with columns re(x), im(x): values are Z(re, im) of the number class given."""

    def __init__(self, text, number):
        rows = list(csv.reader(text.splitlines()))
        if len(rows) < 2:
            raise Failed("no rows in the output")
        self.index = {name.strip().lower(): i for i, name in enumerate(rows[0])}
        self.rows = [[number(x) for x in row] for row in rows[1:] if row]

    def frequencies(self):
        return [row[0] for row in self.rows]

    def names(self):
        """x of every re(x)."""
        return [name[3:-1] for name in self.index if name.startswith("re(")]

    def at(self, row, name):
        try:
            return row[self.index["re(%s)" % name]], row[self.index["im(%s)" % name]]
        except KeyError:
            raise Failed("no column re(%s)" % name) from None


def run(arguments, **more):
    return subprocess.run(arguments, capture_output=True, text=True, errors="replace", timeout=300, **more)


def first_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[0][:120] if lines else "(silent)"


def balspice(program, deck, *options):
    """The table that `balspice run DECK -o x.csv` writes, as floats."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "x.csv")
        done = run([program, "run", deck, "-o", out, *options])
        if done.returncode or not os.path.exists(out):
            raise Failed("balspice: exit %d: %s" % (done.returncode, first_line(done.stderr)))
        with open(out, encoding="utf-8") as file:
            return Table(file.read(), float)


def oracle(program, deck, frequencies=None):
    """The table of the quad-precision oracle, as Decimals; frequencies as decimal texts replace the deck's."""
    more = ["--freq", ",".join(frequencies)] if frequencies else []
    done = run([program, deck] + more)
    if done.returncode:
        raise Failed("oracle: exit %d: %s" % (done.returncode, first_line(done.stderr)))
    return Table(done.stdout, decimal.Decimal)


def distance(got, want, top, floor):
    """|got - want| / max(|want|, floor * top) of two (re, im); 1 stands for top = 0. NaN and infinities are far."""
    exact = [decimal.Decimal(x) for x in got]
    if not all(x.is_finite() for x in exact):
        return float("inf")
    wanted = [decimal.Decimal(x) for x in want]
    error = ((exact[0] - wanted[0]) ** 2 + (exact[1] - wanted[1]) ** 2).sqrt()
    size = (wanted[0] ** 2 + wanted[1] ** 2).sqrt()
    scale = max(size, decimal.Decimal(floor) * decimal.Decimal(top))
    return float(error / (scale or 1))


def magnitude(pair):
    return (decimal.Decimal(pair[0]) ** 2 + decimal.Decimal(pair[1]) ** 2).sqrt()


def nearest(table, frequency):
    """The row at a frequency, within 1e-9."""
    frequency = decimal.Decimal(frequency)
    row = min(table.rows, key=lambda r: abs(decimal.Decimal(r[0]) - frequency))
    if abs(decimal.Decimal(row[0]) - frequency) > decimal.Decimal("1e-9") * frequency:
        raise Failed("no row at %s Hz" % frequency)
    return row


def arguments():
    """(balspice or None, the sources, oracle or None, further options)."""
    if len(sys.argv) < 4:
        sys.exit("usage: %s BALSPICE SRCDIR ORACLE ('-' for none)" % sys.argv[0])
    programs = [None if a == "-" else os.path.abspath(a) for a in (sys.argv[1], sys.argv[3])]
    if not any(programs):
        skip("neither balspice nor the oracle was given")
    return programs[0], os.path.abspath(sys.argv[2]), programs[1], sys.argv[4:]


def skip(why):
    print("SKIPPED, nothing was checked: " + why)
    sys.exit(SKIPPED)


class Bench:
    """Runs decks at frequencies (numbers or texts) and counts what is over its limit."""

    def __init__(self, program, folder, frequencies):
        self.program, self.folder, self.failed = program, folder, 0
        self.path = os.path.join(folder, "x.cir")
        self.frequencies = frequencies

    def run(self, deck, *wanted, frequencies=None):
        """[[value by frequency] by wanted]"""
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("a deck\n%s\n.ac list %s\n.save %s\n"
                       % (deck, " ".join(map(str, frequencies or self.frequencies)), " ".join(wanted)))
        table = balspice(self.program, self.path)
        return [[complex(*table.at(row, name)) for row in table.rows] for name in wanted]

    def hold(self, name, worst, limit):
        bad = not worst <= limit
        self.failed += bad
        print("%-58s %.1e%s" % (name, worst, "   OVER %.0e" % limit if bad else ""))


def difference(a, b):
    return max(abs(x / y - 1) for x, y in zip(a, b))
