#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_warnings.py TREE BUILD: the warnings are really on. Takes the command that the build compiles
solver/base/status.c with, and puts known faults in the place of that file: each must be refused, and the
include path must refuse the header of a layer that base does not use."""
import json
import os
import shlex
import subprocess
import sys
import tempfile

VICTIM = "solver/base/status.c"
GOOD = '#include "status.h"\nint bal_canary(int x);\nint bal_canary(int x)\n{\n    return x + 3;\n}\n'
CANARIES = {
    "conversion": "int f(double x);\nint f(double x)\n{\n    return x;\n}\n",
    "sign-conversion": "unsigned f(int x);\nunsigned f(int x)\n{\n    return x;\n}\n",
    "shadow": "int f(int x);\nint f(int x)\n{\n    {\n        int x = 3;\n        return x;\n    }\n}\n",
    "missing-prototypes": "int f(int x)\n{\n    return x;\n}\n",
    "strict-prototypes": "int f();\n",
    "unused": "static int f(int x)\n{\n    return x;\n}\n",
    "vla": "int f(int n);\nint f(int n)\n{\n    char a[n];\n    return (int)sizeof a;\n}\n",
    "double-promotion": "double f(float x);\ndouble f(float x)\n{\n    return x * 2.5;\n}\n",
    "cast-qual": "char *f(const char *s);\nchar *f(const char *s)\n{\n    return (char *)s;\n}\n",
    "format": '#include <stdio.h>\nint f(char *b);\nint f(char *b)\n{\n    return snprintf(b, 9, "%s", 3);\n}\n',
    "unchecked status": '#include "status.h"\nBAL_NODISCARD int g(void);\nvoid f(void);\nvoid f(void)\n{\n    g();\n}\n',
    "gnu extension": "int f(int x);\nint f(int x)\n{\n    return ({ x; });\n}\n",
    "forbidden layer": '#include "mna.h"\n',
    "klu outside linsys": "#include <klu.h>\n",
}


def compile_command(build, tree):
    """The compiler call for VICTIM up to -o, as a list, and its folder."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            if entry["file"] == os.path.join(tree, VICTIM):
                return shlex.split(entry["command"]), entry["directory"]
    sys.exit(f"compile_commands.json does not hold {VICTIM}")


def compiles(command, folder, source):
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "canary.c")
        with open(path, "w", encoding="utf-8") as file:
            file.write(source)
        words = list(command)
        words[words.index("-o") + 1] = os.path.join(scratch, "canary.o")
        words[words.index("-c") + 1] = path
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stderr


def main():
    tree, build = (os.path.abspath(path) for path in sys.argv[1:3])
    command, folder = compile_command(build, tree)
    if "-Werror" not in command:
        print("SKIPPED: this build has BAL_WERROR off")
        sys.exit(77)
    faults = []
    fine, said = compiles(command, folder, GOOD)
    if not fine:
        faults.append(f"a file without faults is refused:\n{said}")
    for name, source in CANARIES.items():
        if compiles(command, folder, source)[0]:
            faults.append(f"'{name}' compiles: that warning is not on")
    print("\n".join(faults) or f"{len(CANARIES)} faults refused")
    sys.exit(1 if faults else 0)


main()
