#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_diagnostics.py TREE: each row of diagnostics.def is reached by a deck of tests/errors, and each deck says
to the letter what it is told. No number stands twice."""
import pathlib
import re

import guard


def check(tree):
    table = guard.text(pathlib.Path(tree, "solver/base/diagnostics.def"))
    rows = re.findall(r"^BAL_DIAGNOSTIC\((\w+), (\w+), (\d+),", table, re.M)
    faults = []
    numbers = [number for _, _, number in rows]
    faults += [f"diagnostics.def: {number} stands twice" for number in sorted(set(numbers)) if numbers.count(number) > 1]
    folder = pathlib.Path(tree, "tests/errors")
    said = "".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.stderr")))
    reached = set(re.findall(r"\[[EW](\d+)\]$", said, re.M))
    faults += [f"{name} ({number}) is reached by no deck of tests/errors" for name, _, number in rows
               if number not in reached]
    for deck in sorted(folder.rglob("*.cir")):
        if not deck.with_suffix(".stderr").exists():
            faults.append(f"{deck.relative_to(tree)} has no .stderr")
    for stderr in sorted(folder.rglob("*.stderr")):
        if stderr.parent.name != "made" and not stderr.with_suffix(".cir").exists():
            faults.append(f"{stderr.relative_to(tree)} has no .cir")
    return faults


CLEAN = {
    "solver/base/diagnostics.def": 'BAL_DIAGNOSTIC(A, ERROR, 103, "a")\nBAL_DIAGNOSTIC(B, LENIENT, 205, "b")\n',
    "tests/errors/a.cir": "a\n",
    "tests/errors/a.stderr": "exit 3\na.cir:3:5: error: no [E103]\n  a\n",
    "tests/errors/bad/b.cir": "b\n",
    "tests/errors/bad/b.stderr": "exit 0\nb.cir:3:5: warning: no [W205]\n  b\n",
    "tests/errors/made/c.stderr": "exit 0\n",
}
guard.run(check, CLEAN, {
    "row without a deck": {"solver/base/diagnostics.def": CLEAN["solver/base/diagnostics.def"]
                           + 'BAL_DIAGNOSTIC(C, WARNING, 301, "c")\n'},
    "number in the text only": {"tests/errors/a.stderr": "exit 3\na.cir:3:5: error: [E103] is told\n"},
    "number twice": {"solver/base/diagnostics.def": 'BAL_DIAGNOSTIC(A, ERROR, 103, "a")\n'
                     'BAL_DIAGNOSTIC(B, ERROR, 103, "b")\n'},
    "deck without messages": {"tests/errors/d.cir": "d\n"},
    "messages without a deck": {"tests/errors/d.stderr": "exit 3\n"},
})
