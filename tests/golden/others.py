#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 300
"""others.py BALSPICE SRCDIR ORACLE: decks of other people, read where Debian's gnucap package puts them.

others.tsv lists every deck there that has an .ac card: its class, what must come out (equal, runs, or the code of the
message) and why. "linear" is a linear circuit with a SPICE .ac card: 95 % of them must be equal to ngspice, which
gets the same circuit without gnucap's own print and control cards. All decks, with or without .ac, must end by
themselves, with results or with a message. Nothing is copied into this tree. (Debian ships no decks with ngspice.)"""
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
    kept = [re.sub(r"(?i)\bpulse iv=.*", "", line) for line in kept]
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


def outcome(program, path, folder):
    """(exit status, messages, CSV or None)."""
    out = os.path.join(folder, "x.csv")
    if os.path.exists(out):
        os.remove(out)
    done = subprocess.run([program, "run", "--lenient", path, "-o", out], stdin=subprocess.DEVNULL,
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


def judge(programs, path, folder, row):
    """What is wrong with one deck, or None."""
    program, peer = programs
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
    wanted = row[1]
    if wanted == "runs":
        return lib.first_line(said) if status else None
    if wanted != "equal":
        return None if "[%s]" % wanted in said else "no %s: %s" % (wanted, lib.first_line(said))
    if not text:
        return lib.first_line(said)
    try:
        worst = compare(lib.Table(text, float), ngspice(peer, path, folder))
    except lib.Failed as why:
        return str(why)
    return None if worst <= LIMIT else "differs by %.1e" % worst


def main():
    program, source, _, _ = lib.arguments()
    peer = shutil.which("ngspice")
    paths = sorted(glob.glob(os.path.join(FOLDER, "*")))
    if not peer or not program or not paths:
        lib.skip("needs ngspice and the decks of Debian's package gnucap in " + FOLDER)
    listed = read_list(os.path.join(source, "tests", "golden", "others.tsv"))
    bad = ["%s: listed, but not there" % name for name in listed if not os.path.exists(os.path.join(FOLDER, name))]
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            name = os.path.basename(path)
            with open(path, "rb") as file:
                if name not in listed and AC.search(file.read()):
                    bad.append("%s: has an .ac card and is not in others.tsv" % name)
            why = judge((program, peer), path, folder, listed.get(name))
            if why:
                bad.append("%s: %s" % (name, why))
    linear = [row for row in listed.values() if row[0] == "linear"]
    equal = sum(row[1] == "equal" for row in linear)
    print("\n".join(bad + ["%d decks; %d linear AC decks, %d equal; %d wrong" % (len(paths), len(linear), equal,
                                                                                len(bad))]))
    return 1 if bad or equal < WANTED * len(linear) else 0


if __name__ == "__main__":
    sys.exit(main())
