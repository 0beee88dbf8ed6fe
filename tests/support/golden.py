#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""golden.py PROGRAM TREE FILE.expect: runs a deck and compares columns of its CSV with known numbers.

    # rc_lowpass: from H = 1/(1 + jwRC), written by gen.py
    deck      tests/golden/rc_lowpass.cir
    tolerance rel 1e-12 abs 1e-15
    columns   frequency re(v(out)) im(v(out))
    1000      8.359683018693e-01 -3.703043344859e-01

Rows are matched in order; the deck must give as many as the file has. A value passes when
|got - want| <= max(abs, rel * |want|); NaN never passes. "options --set r1=2k" adds options.
"""
import csv
import os
import subprocess
import sys
import tempfile


def read_expectation(path):
    """The settings and rows of an .expect file; every line is used or refused."""
    want = {"options": [], "rows": [], "rel": 0.0, "abs": 0.0}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0] in ("deck", "columns", "options"):
                want[words[0]] = words[1] if words[0] == "deck" else words[1:]
            elif words[0] == "tolerance":
                want.update({k: float(v) for k, v in zip(words[1::2], words[2::2])})
            else:
                want["rows"].append([float(word) for word in words])
    if not want["rows"] or any(len(row) != len(want["columns"]) for row in want["rows"]):
        sys.exit(f"{path}: no rows, or a row that does not fit the columns")
    return want


def run(program, tree, want):
    """Header and rows of the CSV that the program writes."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.csv")
        deck = os.path.join(tree, want["deck"])
        done = subprocess.run([program, "run", *want["options"], "-o", out, deck],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"exit status {done.returncode}\n{done.stderr}")
        with open(out, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
    return rows[0], rows[1:]


def compare(want, header, rows):
    """Sentences about every difference."""
    missing = [name for name in want["columns"] if name not in header]
    if missing:
        return [f"no column {', '.join(missing)}; there are {', '.join(header)}"]
    if len(rows) != len(want["rows"]):
        return [f"{len(rows)} rows, want {len(want['rows'])}"]
    faults = []
    for number, (wanted, row) in enumerate(zip(want["rows"], rows), 1):
        for name, value in zip(want["columns"], wanted):
            got = float(row[header.index(name)])
            allowed = max(want["abs"], want["rel"] * abs(value))
            if not abs(got - value) <= allowed:
                faults.append(f"row {number} {name}: {got!r}, want {value!r}, "
                              f"difference {got - value:.3g}, allowed {allowed:.3g}")
    return faults


def main():
    program, tree, path = sys.argv[1:]
    want = read_expectation(path)
    faults = compare(want, *run(program, tree, want))
    print("\n".join(faults) or f"{len(want['rows'])} rows agree")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
