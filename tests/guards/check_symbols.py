#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_symbols.py TREE BUILD: the library neither prints, exits, starts programs, reads the environment or
the clock, nor keeps mutable data: the symbols of libbalspice.a tell."""
import os
import re
import shlex
import subprocess
import sys
import tempfile

# stdout and stderr stand for every way of printing; the formatted ones are named for a clearer message.
FORBIDDEN = set("""stdout stderr stdin printf vprintf puts putchar perror exit _exit _Exit quick_exit abort atexit
    raise kill signal sigaction getenv secure_getenv setenv putenv system popen fork vfork execve execvp execl
    posix_spawn setlocale strtod strtof strtold atof sprintf vsprintf strcpy strcat strtok gets rand srand random
    time clock clock_gettime gettimeofday gsl_set_error_handler gsl_set_error_handler_off setjmp _setjmp longjmp
    dlopen""".split())
INSTRUMENTED = re.compile(r"^(__odr_asan|__asan|__ubsan|__gcov|__llvm|__sancov|__sanitizer|\.L|\$)")
MUTABLE = re.compile(r"^\.(data(?!\.rel\.ro)|bss|tdata|tbss)|^\*COM\*")


def undefined(archive):
    """(member, symbol) of every symbol that a member wants from outside."""
    done = subprocess.run(["nm", "-A", "-u", archive], capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        member, symbol = line.rsplit(" U ", 1) if " U " in line else (line, "")
        yield member.split(":")[-2] if ":" in member else member, symbol.strip().split("@")[0]


def objects(archive):
    """(member, section, symbol) of every data object."""
    done = subprocess.run(["objdump", "-t", archive], capture_output=True, text=True, check=True)
    member = ""
    for line in done.stdout.splitlines():
        head = re.match(r"^(\S+):\s+file format", line)
        if head:
            member = head.group(1)
        row = re.match(r"^[0-9a-f]+ (.{7}) (\S+)\s+[0-9a-f]+ (?:\.hidden )?(\S+)$", line)
        if row and "d" not in row.group(1)[5:6] and row.group(1)[6] in "O ":
            yield member, row.group(2), row.group(3)


def check(archive):
    faults = []
    for member, symbol in undefined(archive):
        plain = re.sub(r"^__isoc99_|^__(.*)_chk$", r"\1", symbol)
        if plain in FORBIDDEN:
            faults.append(f"{member}: uses {symbol}")
    for member, section, symbol in objects(archive):
        if MUTABLE.match(section) and not INSTRUMENTED.match(symbol):
            faults.append(f"{member}: {symbol} is mutable ({section})")
    return faults


CANARIES = {
    "prints": '#include <stdio.h>\nvoid f(void);\nvoid f(void)\n{\n    printf("%d", 3);\n}\n',
    "prints to stderr": '#include <stdio.h>\nvoid f(void);\nvoid f(void)\n{\n    fputs("x", stderr);\n}\n',
    "exits": "#include <stdlib.h>\nvoid f(void);\nvoid f(void)\n{\n    exit(3);\n}\n",
    "environment": '#include <stdlib.h>\nint f(void);\nint f(void)\n{\n    return !getenv("HOME");\n}\n',
    "global": "extern int f;\nint f = 3;\n",
    "global zero": "extern int f;\nint f;\n",
    "static counter": "int f(void);\nint f(void)\n{\n    static int n;\n    return n++;\n}\n",
    "thread local": "int f(void);\nint f(void)\n{\n    static _Thread_local int n = 3;\n    return n++;\n}\n",
}
CLEAN = ('#include <assert.h>\n#include <stdio.h>\nextern const char *const t[];\nconst char *const t[] = {"a", "b"};\n'
         "int f(char *b, int n);\nint f(char *b, int n)\n{\n    assert(n);\n"
         '    return snprintf(b, 9, "%d", n);\n}\n')


def compile_archive(folder, source):
    """The source as an archive, compiled position independent as the library is."""
    base = os.path.join(folder, "canary")
    with open(base + ".c", "w", encoding="utf-8") as file:
        file.write(source)
    compiler = shlex.split(os.environ.get("CC", "cc"))
    subprocess.run([*compiler, "-std=c11", "-fPIC", "-O1", "-c", base + ".c", "-o", base + ".o"], check=True)
    subprocess.run(["ar", "rcs", base + ".a", base + ".o"], check=True)
    return base + ".a"


def main():
    archive = os.path.join(sys.argv[2], "solver", "libbalspice.a")
    if os.environ.get("BAL_COVERAGE"):
        print("SKIPPED: coverage counters are mutable data")
        sys.exit(77)
    faults = check(archive)
    with tempfile.TemporaryDirectory() as folder:
        faults += [f"the clean canary is refused: {f}" for f in check(compile_archive(folder, CLEAN))]
        for name, source in CANARIES.items():
            if not check(compile_archive(folder, source)):
                faults.append(f"the canary '{name}' was not caught: this guard is blind")
    print("\n".join(faults) or f"clean; {len(CANARIES)} canaries caught")
    sys.exit(1 if faults else 0)


main()
