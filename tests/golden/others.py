#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 300
"""others.py BALSPICE SRCDIR ORACLE: decks of other people, read where Debian's gnucap package puts them.

others.tsv lists every deck there that has an .ac card: its class, what must come out (equal, printed, or the code of
the message) and why. "linear" is a linear circuit in the language of SPICE, or with forms of gnucap that can mean
nothing else; 95 % of them must run as they are and be equal to ngspice, which gets the same circuit without gnucap's
own print and control cards (equal), or, where ngspice refuses the circuit, to what gnucap prints (printed). gnucap
gives each voltage source a resistance, .options short=, so it gets the deck twice, with two of them and 12 digits, and
what it prints is extended on a straight line to no resistance. All decks, with or without .ac, must end by
themselves, with results or with a message. Nothing is copied into this tree.

Debian 12 ships no other decks that are linear and AC: those of ngspice are not packaged, and what tclspice,
kicad-demos, lepton-eda, xcircuit and caneda hold are libraries, templates and circuits of transistors."""
import cmath
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import golden_lib as lib
import raw_lib

FOLDER = "/usr/share/doc/gnucap/examples"
LIMIT, FLOOR, WANTED, SECONDS = 1e-9, 1e-6, 0.95, 20
SHORT, PRINTED_LIMIT = 3e-5, 1e-8  # ohm; less costs gnucap digits, and what is not straight is short squared
SUFFIXES = {"T": 1e12, "G": 1e9, "Meg": 1e6, "K": 1e3, "u": 1e-6, "n": 1e-9, "p": 1e-12, "f": 1e-15}
COLUMN = re.compile(r"^v(m|p|db)?\((.*)\)$")
ZERO = {"i(vgnd)"}  # nothing else is grounded: exactly 0, ngspice gives the rounding of the rest
KEPT = re.compile(r"^\s*(\.(subckt|ends|model|param|ac)\b|[^.#'*\s]|\+)", re.IGNORECASE)
NODES = re.compile(r"^((?:\.subckt\s+)?\w+\s+)\(([^()]*)\)", re.IGNORECASE)  # gnucap: r1 (a b) 1k
AC = re.compile(rb"^\s*\.?ac(\s|$)", re.IGNORECASE | re.MULTILINE)
CONTROL = "\n.control\nset filetype=binary\nrun\nwrite %s\nquit 0\n.endc\n.end\n"


def read_list(path):
    """{file: (class, outcome, reason)}"""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and line[0] != "#"]
    return {row[0]: tuple(row[1:]) for row in rows}


def declared(lines):
    """Adds to each .subckt the parameters that its instances set: ngspice wants them declared."""
    keys = {}
    for line in lines:
        words = line.split()
        set_here = [word.split("=")[0] for word in words if "=" in word]
        plain = [word for word in words if "=" not in word]
        if line[:1] in "xX" and set_here:
            keys[plain[-1].lower()] = set_here
    for line in lines:
        words = line.lower().split()
        extra = keys.get(words[1], []) if words[0] == ".subckt" else []
        yield line + "".join(" %s=1" % key for key in extra)


def ngspice(peer, path, folder):
    """Values of the circuit: title, elements, subcircuits, models, parameters and .ac."""
    with open(path, encoding="latin-1") as file:
        lines = file.read().splitlines()
    ends = [i for i, line in enumerate(lines) if line.lower().rstrip() == ".end"] + [len(lines)]
    kept = [NODES.sub(r"\1\2", line) for line in lines[1:ends[0]] if KEPT.match(line)]
    kept = [re.sub(r"(?i)\b(tran )?(pulse|sin) \w+=.*", "", line) for line in kept]
    deck, raw = os.path.join(folder, "x.cir"), os.path.join(folder, "x.raw")
    for old in (deck, raw):
        if os.path.exists(old):
            os.remove(old)
    with open(deck, "w", encoding="utf-8") as file:
        file.write("\n".join(["title"] + list(declared(kept))) + CONTROL % raw)
    subprocess.run([peer, "-n", "-b", deck], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                   timeout=60, check=False)
    if not os.path.exists(raw):
        raise lib.Failed("ngspice wrote nothing")
    return raw_lib.read_raw(raw)


def printed_number(word):
    """1.5K of gnucap."""
    suffix = next((s for s in SUFFIXES if word.endswith(s)), "")
    return float(word[:len(word) - len(suffix)]) * SUFFIXES.get(suffix, 1.0)


def printed(peer, path, folder, short):
    """[(names, rows)]: the tables of AC results that gnucap prints."""
    with open(path, encoding="latin-1") as file:
        lines = file.read().splitlines()
    deck = os.path.join(folder, "x.ckt")
    with open(deck, "w", encoding="utf-8") as file:
        file.write("\n".join(lines[:1] + [".options numdgt=12 short=%g" % short] + lines[1:]) + "\n")
    done = subprocess.run([peer, "-b", deck], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
                          check=False)
    tables, open_table = [], False
    for words in map(str.split, done.stdout.decode("utf-8", "replace").splitlines()):
        if words[:1] == ["#Freq"]:
            tables.append((words[1:], []))
            open_table = True
            continue
        open_table = open_table and len(words) == 1 + len(tables[-1][0]) and not words[0].startswith("#")
        if open_table:
            tables[-1][1].append([printed_number(word) for word in words])
    if not tables or not all(rows for _, rows in tables):
        raise lib.Failed("gnucap printed nothing")
    return tables


def gnucap(peer, path, folder):
    """The same with sources of no resistance."""
    near, far = (printed(peer, path, folder, factor * SHORT) for factor in (1, 2))
    return [(names, [[2 * a - b for a, b in zip(x, y)] for x, y in zip(rows, others)])
            for (names, rows), (_, others) in zip(near, far)]


def printed_error(table, names, rows):
    """The worst error of one table of gnucap, each column over its largest value."""
    worst = 0.0
    if len(rows) != len(table.rows):
        raise lib.Failed("%d and %d points" % (len(table.rows), len(rows)))
    for k, name in enumerate(names, 1):
        kind, node = COLUMN.match(name).groups()
        ours = [complex(*table.at(row, "v(%s)" % node)) for row in table.rows]
        theirs = [row[k] for row in rows]
        if kind == "p":  # degrees: a turn more is the same
            pairs = [(cmath.rect(1, cmath.phase(a)), cmath.rect(1, b * cmath.pi / 180)) for a, b in zip(ours, theirs)]
        elif kind == "db":
            pairs = [(abs(a), 10 ** (b / 20)) for a, b in zip(ours, theirs)]
        else:
            pairs = [(abs(a), b) for a, b in zip(ours, theirs)]
        top = max(abs(b) for _, b in pairs) or 1.0
        worst = max([worst] + [abs(a - b) / top for a, b in pairs])
    return worst


def outcome(program, path, folder):
    """(exit status, messages, CSV or None)."""
    out = os.path.join(folder, "x.csv")
    if os.path.exists(out):
        os.remove(out)
    done = subprocess.run([program, "run", path, "-o", out], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=SECONDS, check=False)
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    if done.returncode or not os.path.exists(out):
        return done.returncode, said, None
    with open(out, encoding="utf-8") as file:
        return 0, said, file.read()


def compare(table, theirs):
    """The worst error over the vectors that both have."""
    ours = {name: [table.at(row, name) for row in table.rows] for name in table.names()}
    shared = sorted(set(ours) & set(theirs.vectors) - ZERO)
    if not shared or len(table.rows) != len(theirs.frequencies):
        raise lib.Failed("%d vectors, %d and %d points" % (len(shared), len(table.rows), len(theirs.frequencies)))
    worst = 0.0
    for kind in "vi":
        names = [name for name in shared if name[0] == kind]
        top = max([lib.magnitude(v) for name in names for v in theirs.vectors[name]], default=0)
        for name in names:
            worst = max([worst] + [lib.distance(a, b, top, FLOOR) for a, b in zip(ours[name], theirs.vectors[name])])
    return worst


def differs(peers, path, folder, row, text):
    """What is wrong with the values of one deck, or None."""
    table = lib.Table(text, float)
    if row[1] == "equal":
        worst, limit = compare(table, ngspice(peers["ngspice"], path, folder)), LIMIT
    elif not peers["gnucap"]:
        return None
    else:
        worst = max(printed_error(table, *of_gnucap) for of_gnucap in gnucap(peers["gnucap"], path, folder))
        limit = PRINTED_LIMIT
    return None if worst <= limit else "differs by %.1e" % worst


def judge(program, peers, path, folder, row):
    """What is wrong with one deck, or None."""
    try:
        status, said, text = outcome(program, path, folder)
    except subprocess.TimeoutExpired:
        return "hangs"
    if status not in (0, 1, 3, 4):
        return "exit status %d" % status
    if status and not re.search(r"error: .*\[E\d+\]", said):
        return "exit status %d without a message" % status
    if not status and text is None and not said:
        return "silent"
    if not row:
        return None
    if row[1] not in ("equal", "printed"):
        return None if "[%s]" % row[1] in said else "no %s: %s" % (row[1], lib.first_line(said))
    if not text:
        return lib.first_line(said)
    try:
        return differs(peers, path, folder, row, text)
    except lib.Failed as why:
        return str(why)


def has_plugins(peer):
    """gnucap without gnucap-default-plugins0 knows no elements."""
    done = subprocess.run([peer, "-b", os.path.join(FOLDER, "current.ckt")], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=60, check=False)
    return b"#Freq" in done.stdout


def main():
    program, source, _, _ = lib.arguments()
    peers = {name: shutil.which(name) for name in ("ngspice", "gnucap")}
    paths = sorted(glob.glob(os.path.join(FOLDER, "*")))
    if not peers["ngspice"] or not program or not paths:
        lib.skip("needs ngspice and the decks of Debian's package gnucap in " + FOLDER)
    if not peers["gnucap"] or not has_plugins(peers["gnucap"]):
        print("no gnucap with gnucap-default-plugins0: what it prints is not compared")
        peers["gnucap"] = None
    listed = read_list(os.path.join(source, "tests", "golden", "others.tsv"))
    bad = ["%s: listed, but not there" % name for name in listed if not os.path.exists(os.path.join(FOLDER, name))]
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            name = os.path.basename(path)
            with open(path, "rb") as file:
                if name not in listed and AC.search(file.read()):
                    bad.append("%s: has an .ac card and is not in others.tsv" % name)
            why = judge(program, peers, path, folder, listed.get(name))
            if why:
                bad.append("%s: %s" % (name, why))
    linear = [row for row in listed.values() if row[0] == "linear"]
    equal, by_gnucap = (sum(row[1] in words for row in linear) for words in (("equal", "printed"), ("printed",)))
    own = sum(row[0] == "gnucap" for row in listed.values())
    print("\n".join(bad))
    print("%d decks; of %d linear AC decks %d equal (%d of them to gnucap), %d more in gnucap's own language; %d wrong"
          % (len(paths), len(linear), equal, by_gnucap, own, len(bad)))
    return 1 if bad or equal < WANTED * len(linear) else 0


if __name__ == "__main__":
    sys.exit(main())
