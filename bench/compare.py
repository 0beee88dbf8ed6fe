#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""compare.py BALSPICE [--gen PATH] [--only KIND,...] [--reps N] [--csv FILE] [--check]: balspice against ngspice.

Time per point is the slope between two point counts of the same deck, so that start-up and reading drop out; the
whole process is timed apart, on `diffamp`. See README.md. With --check the exit status is 1 if a limit is missed."""
import argparse
import csv
import os
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
# kind, size, points per decade (few, many), repetitions, limit of the ratio of times per point
SLOPES = (
    ("diffamp", 0, 500, 5000, 9, 1.5),
    ("cable", 50, 250, 2500, 7, 1.5),
    ("ladder", 10000, 20, 200, 5, 1.0),
    ("snake", 16, 3, 25, 5, 1.0),
    ("mesh", 100, 1, 6, 3, 1.0),
)
WHOLE = ("diffamp", 0, 250, 41, 1.0)
AGREE = 1e-5  # ngspice's own error on `cable` is 1e-8; this only says that both solved the same circuit


class Run:
    """CPU and wall seconds and peak kilobytes of one process."""

    def __init__(self, command, folder):
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu, self.peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss
        self.status = process.returncode


def read_raw(path):
    """(points, values of the last vector) of a binary complex raw file."""
    with open(path, "rb") as file:
        head, _, body = file.read().partition(b"Binary:\n")
    fields = dict(line.split(":", 1) for line in head.decode("utf-8", "replace").splitlines() if ":" in line)
    n, points = int(fields["No. Variables"]), int(fields["No. Points"])
    row = struct.Struct("<%dd" % (2 * n))
    if len(body) != row.size * points:
        sys.exit("compare.py: %s holds %d bytes for %d points" % (path, len(body), points))
    return points, [complex(*row.unpack_from(body, row.size * p)[-2:]) for p in range(points)]


class Bench:
    def __init__(self, arguments, folder):
        self.folder, self.generator = folder, arguments.gen
        self.command = {
            "ngspice": lambda deck, raw: ["ngspice", "-n", "-b", "-r", raw, deck],
            "balspice": lambda deck, raw: [arguments.balspice, "run", "--quiet", "-o", raw, deck],
        }

    def deck(self, kind, size, ppd):
        text = subprocess.run([sys.executable, self.generator, kind, "--n", str(size), "--noac"], check=True,
                              capture_output=True, text=True).stdout
        name = "%s_%d.cir" % (kind, ppd)
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text.replace("\n.end\n", "\n.save v(out)\n.ac dec %d 10 100k\n.end\n" % ppd))
        return name

    def run(self, program, deck):
        raw = os.path.join(self.folder, program + ".raw")
        if os.path.exists(raw):
            os.remove(raw)
        run = Run(self.command[program](deck, raw), self.folder)
        if not os.path.exists(raw):
            sys.exit("compare.py: %s wrote nothing for %s (exit %d)" % (program, deck, run.status))
        return run

    def agree(self, deck):
        """Points by program, and the largest difference relative to the curve's largest value. ngspice adds
        points behind the end of dense sweeps: its tolerance there exceeds a step."""
        points, curves = {}, {}
        for program in self.command:
            self.run(program, deck)
            points[program], curves[program] = read_raw(os.path.join(self.folder, program + ".raw"))
        theirs, ours = curves["ngspice"], curves["balspice"]
        if not 0 <= len(theirs) - len(ours) <= 1 + len(ours) // 1000:
            sys.exit("compare.py: %s: %d points and %d points" % (deck, len(theirs), len(ours)))
        worst = max(abs(a - b) for a, b in zip(ours, theirs)) / max(map(abs, theirs))
        if not worst <= AGREE:
            sys.exit("compare.py: %s: the curves differ by %.1e" % (deck, worst))
        return points, worst

    def alternate(self, decks, reps):
        """Runs of every program on every deck in turn, so that a slow minute of the machine hits all alike."""
        runs = {(p, d): [] for p in self.command for d in decks}
        for rep in range(reps):
            programs = list(self.command) if rep % 2 else list(self.command)[::-1]
            for deck in decks:
                for program in programs:
                    runs[program, deck].append(self.run(program, deck))
        return runs


def median(runs, what):
    return statistics.median(getattr(run, what) for run in runs)


def slope(bench, kind, size, few, many, reps, limit):
    decks = [bench.deck(kind, size, few), bench.deck(kind, size, many)]
    (low, error), (high, _) = [bench.agree(deck) for deck in decks]
    runs = bench.alternate(decks, reps)
    row = {"measure": "per point", "deck": kind, "size": size,
           "points": "%d-%d" % (low["balspice"], high["balspice"]), "unit": "us",
           "difference": "%.1e" % error, "limit": limit}
    for what in ("cpu", "wall"):
        for p in bench.command:
            few_s, many_s = (median(runs[p, d], what) for d in decks)
            row["%s_%s" % (p, what)] = (many_s - few_s) / (high[p] - low[p]) * 1e6
    for p in bench.command:
        row[p + "_peak_kb"] = max(run.peak for run in runs[p, decks[1]])
    return row


def whole(bench, kind, size, ppd, reps, limit):
    deck = bench.deck(kind, size, ppd)
    points, error = bench.agree(deck)
    runs = bench.alternate([deck], reps)
    row = {"measure": "process", "deck": kind, "size": size, "points": points["balspice"], "unit": "ms",
           "difference": "%.1e" % error, "limit": limit}
    for p in bench.command:
        for what in ("cpu", "wall"):
            row["%s_%s" % (p, what)] = median(runs[p, deck], what) * 1e3
        row[p + "_peak_kb"] = max(run.peak for run in runs[p, deck])
    return row


def finish(row):
    """Ratios, and the row as text."""
    for what in ("cpu", "wall"):
        theirs = row["ngspice_" + what]
        row["ratio_" + what] = row["balspice_" + what] / theirs if theirs > 0 else float("nan")
    row["met"] = "yes" if row["ratio_cpu"] <= row["limit"] else "NO"
    print("%-10s %-8s %6s %13s  %9.2f %9.2f  %9.2f %9.2f %s  %6.2f %6.2f  %4.1f %s" % (
        row["measure"], row["deck"], row["size"], row["points"], row["ngspice_cpu"], row["balspice_cpu"],
        row["ngspice_wall"], row["balspice_wall"], row["unit"], row["ratio_cpu"], row["ratio_wall"], row["limit"],
        row["met"]), flush=True)
    for key, value in row.items():
        if isinstance(value, float):
            row[key] = "%.4g" % value


def write_csv(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("balspice", type=os.path.abspath)
    parser.add_argument("--gen", default=os.path.join(HERE, "make_deck.py"), help="another generator of the decks")
    parser.add_argument("--only", default="", help="kinds, with commas between")
    parser.add_argument("--reps", type=int, default=0, help="repetitions instead of those of the table")
    parser.add_argument("--csv", help="write the rows there")
    parser.add_argument("--check", action="store_true", help="exit 1 if a limit is missed")
    return parser.parse_args()


def main():
    arguments = parse()
    arguments.gen = os.path.abspath(arguments.gen)
    if not shutil.which("ngspice"):
        sys.exit("compare.py: ngspice is not installed")
    kinds = arguments.only.split(",") if arguments.only else [case[0] for case in SLOPES]
    print("%-10s %-8s %6s %13s  %9s %9s  %9s %9s     %6s %6s  %4s" % (
        "measure", "deck", "size", "points", "ng cpu", "bal cpu", "ng wall", "bal wall", "cpu", "wall", "<="))
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments, folder)
        jobs = [(whole, WHOLE)] + [(slope, case) for case in SLOPES]
        for measure, case in jobs:
            if case[0] not in kinds:
                continue
            case = case[:-2] + (arguments.reps or case[-2], case[-1])
            rows.append(measure(bench, *case))
            finish(rows[-1])
    if arguments.csv and rows:
        write_csv(arguments.csv, rows)
    return 1 if arguments.check and any(row["met"] != "yes" for row in rows) else 0


sys.exit(main())
