#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# labels: slow
# timeout: 600
"""part_values.py PROGRAM TREE: no number of a part goes unseen. Each default in the library, 30 % smaller, must make a
claim of netlists/claims/parts_*.cir fail, or be refused; the claims hold with a copy of the library that is not changed.

Left out: cables, which netlists/claims/cable_*.cir hold against their sheets, and bundles of them, but for the contacts
of parts_contacts.cir; tol and match, which change no nominal value; vmax and vcm_max, which tests/cli/headroom.sh looks
after."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PART = re.compile(r"^\.subckt (\S+)((?:.|\n\+)*)\n((?:(?!\.ends).*\n)*)\.ends", re.M)
PARAM = re.compile(r"^\* param (\w+)=(\S+)(?: (\S+))?(?:  |$)", re.M)
CABLES = {"cables", "bundles"}
LEFT_OUT = {"tol", "match", "vmax", "vcm_max"}
INSTEAD_OF_ZERO = {"F": "33p", "ohm": "1k", "Hz": "77", "dB": "0.3", None: "0.01"}


def smaller(value, unit):
    number = re.fullmatch(r"(-?[0-9.]+(?:e-?[0-9]+)?)([A-Za-z]*)", value)
    if float(number.group(1)) == 0.0:
        return INSTEAD_OF_ZERO[unit]
    return "%.17g%s" % (0.7 * float(number.group(1)), number.group(2))


def users(part, bodies, decks):
    """The decks that name a part, or another part that holds it."""
    names, size = {part}, 0
    while len(names) > size:
        size = len(names)
        names |= {other for other, body in bodies.items() if names & set(body.split())}
    return [deck for deck, words in decks.items() if names & words]


def holds(program, library, deck):
    done = subprocess.run([program, "test", "-q", "-I", str(library), str(deck)], capture_output=True, check=False)
    return done.returncode == 0


def changes(text):
    """(part, parameter, text with its default changed in the card) of every default."""
    for part in PART.finditer(text):
        comment = text[:part.start()].rsplit("\n\n", 1)[-1]
        units = {name: unit for name, _, unit in PARAM.findall(comment)}
        for key in re.finditer(r"\b(\w+)=(\S+)", part.group(2)):
            if key.group(1) in LEFT_OUT:
                continue
            at = part.start(2) + key.start(2)
            value = smaller(key.group(2), units[key.group(1)] or None)
            yield part.group(1), key.group(1), text[:at] + value + text[at + len(key.group(2)):]


def main():
    program, tree = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    files = {f: f.read_text() for f in sorted((tree / "models" / "library").glob("*.lib"))}
    bodies = {p.group(1): p.group(3) for text in files.values() for p in PART.finditer(text)}
    sizes = sorted((tree / "netlists" / "claims").glob("parts_*.cir"), key=lambda d: ("noise" in d.name, d.name))
    decks = {deck: set(deck.read_text().split()) for deck in sizes}
    seen = unseen = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, "library")
        shutil.copytree(tree / "models" / "library", copy)
        if not all([holds(program, copy, deck) for deck in decks]):
            sys.exit("the claims do not even hold with the library as it is")
        for file, text in files.items():
            for part, parameter, changed in changes(text):
                used = users(part, bodies, decks)
                if file.stem in CABLES and "parts_contacts" not in [deck.stem for deck in used]:
                    continue
                (copy / file.name).write_text(changed)
                if any(not holds(program, copy, deck) for deck in used):
                    seen += 1
                else:
                    unseen += 1
                    print("%s: no claim sees %s" % (part, parameter))
            (copy / file.name).write_text(text)
    print("%d values seen, %d unseen" % (seen, unseen))
    return 1 if unseen or seen < 250 else 0


sys.exit(main())
