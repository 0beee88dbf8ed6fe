#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_tree.py TREE: the top level holds what the plan names, every source file has its SPDX line, no
banned function is called, no unfinished mark is left, nothing is executable without a shebang."""
import os
import pathlib
import re

import guard

TOP = set("""CMakeLists.txt CMakePresets.json README.md LICENSE CHANGELOG.md CONTRIBUTING.md bootstrap
    solver models netlists tests bench .clang-format .clang-tidy .gitignore .ci .editorconfig""".split())
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
SOURCES = {".c", ".h", ".def", ".py", ".sh", ".cmake", ".in", ".scd"}
NAMED_SOURCES = {"CMakeLists.txt", "bootstrap", "run", ".clang-tidy"}
BANNED = re.compile(r"(?<![\w.>\"])(strcpy|strcat|sprintf|vsprintf|strtok|strtok_r|atof|atoi|atol|gets|alloca)\s*\(")
# These follow the locale of the program around us; tests may set it and hold against them.
LOCALE = re.compile(r"(?<![\w.>\"])(strtod|setlocale)\s*\(")
# In two pieces, or this file would find itself. The Test Anything Protocol has a directive of that name.
UNFINISHED = re.compile(r"\b(" + "|".join(a + b for a, b in [
    ("(?<!# )TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("not (yet )?", "implemented")]) + r")\b")


def is_source(path):
    return pathlib.Path(path).suffix in SOURCES or pathlib.Path(path).name in NAMED_SOURCES


def check_file(tree, path):
    """Faults of one file."""
    full = pathlib.Path(tree, path)
    raw = full.read_bytes()
    if raw[:2] != b"#!" and os.access(full, os.X_OK):
        yield f"{path}: executable but no script"
    if not is_source(path):
        return
    content = raw.decode("utf-8")
    if SPDX not in "".join(content.splitlines(True)[:2]):
        yield f"{path}: no '{SPDX}' in its first two lines"
    for number, line in enumerate(content.splitlines(), 1):
        if path.endswith((".c", ".h")) and BANNED.search(line):
            yield f"{path}:{number}: {BANNED.search(line).group(1)} is banned"
        if path.startswith(("solver/", "models/")) and path.endswith((".c", ".h")) and LOCALE.search(line):
            yield f"{path}:{number}: {LOCALE.search(line).group(1)} depends on the locale"
        if UNFINISHED.search(line):
            yield f"{path}:{number}: unfinished: {line.strip()}"


def check(tree):
    faults = []
    paths = guard.tracked(tree)
    for name in sorted({path.split("/")[0] for path in paths} - TOP):
        faults.append(f"{name}: not a top-level entry of the plan")
    for path in paths:
        faults += check_file(tree, path)
    return faults


HEAD = f"/* {SPDX} */\n"
guard.run(check, {"solver/a.c": HEAD + "int f(void);\n", "LICENSE": "\n", "tests/x.cir": "a title\n"}, {
    "top level": {"notes.txt": "\n"},
    "licence": {"models/b.h": "int g(void);\n"},
    "licence of a script": {"tests/b.sh": "#!/bin/sh\necho\n# SPDX below the second line\n"},
    "banned": {"solver/b.c": HEAD + "void g(char *s) { strcpy(s, s); }\n"},
    "banned strtod": {"solver/b.c": HEAD + "double g(char *s) { return strtod (s, 0); }\n"},
    "unfinished": {"solver/b.c": HEAD + "/* TO" + "DO later */\n"},
})
