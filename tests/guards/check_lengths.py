#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_lengths.py TREE: functions of at most 60 lines (by Universal Ctags), files of at most 500; a list of test
cases may be longer."""
import json
import shutil
import subprocess
import sys

import guard

FUNCTION_LINES = 60
FILE_LINES = 500
TEST_LINES = 800


def functions(paths):
    """(path, name, line, lines) of every function."""
    done = subprocess.run(["ctags", "--output-format=json", "--kinds-C=f", "--language-force=C",
                           "--fields=+ne", "-L", "-", "-f", "-"],
                          input="\n".join(map(str, paths)), capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        tag = json.loads(line)
        if tag.get("_type") == "tag":
            yield tag["path"], tag["name"], tag["line"], tag["end"] - tag["line"] + 1


def check(tree):
    paths = guard.files(tree, "solver", "models", "tests", "bench", suffixes=(".c", ".h"))
    faults = []
    for path in paths:
        where = path.relative_to(tree)
        lines = guard.text(path).count("\n")
        limit = TEST_LINES if where.parts[0] == "tests" else FILE_LINES
        if lines > limit:
            faults.append(f"{where}: {lines} lines, at most {limit}")
    for path, name, line, lines in functions(paths):
        if lines > FUNCTION_LINES:
            faults.append(f"{path}:{line}: {name} has {lines} lines, at most {FUNCTION_LINES}")
    return faults


if not shutil.which("ctags"):
    print("SKIPPED: ctags (universal-ctags) is not installed")
    sys.exit(77)

guard.run(check, {"solver/a.c": "int f(void)\n{\n" + "    ;\n" * 57 + "}\n" + "\n" * 400}, {
    "long function": {"solver/b.c": "int f(void)\n{\n" + "    ;\n" * 58 + "}\n"},
    "long file": {"models/c.h": "\n" * 501},
    "long test": {"tests/unit/test_c.c": "\n" * 801},
})
