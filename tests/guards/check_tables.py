#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_tables.py TREE: a new element, analysis, output or command is one file and one row. Each row of a
.def has its definition in the folder, each definition its row, and each file of a folder of elements its row."""
import pathlib
import re

import guard

DATA = r"\s*="
FUNCTION = r"\([^;{]*\)\s*{"
# .def file: (macro, prefix of what a row names, its shape, folder, files without a row; None: any)
TABLES = {
    "models/models.def": ("BAL_ELEMENT", "bal_element_", DATA, "models/elements", {"models.c"}),
    "models/cables/cables.def": ("BAL_MODEL", "bal_model_", DATA, "models/cables",
                                 {"cables.c", "check.c", "rlgc.c", "sheet.c"}),
    "solver/analysis/analyses.def": ("BAL_ANALYSIS", "bal_analysis_", DATA, "solver/analysis", None),
    "solver/output/outputs.def": ("BAL_OUTPUT", "bal_output_", DATA, "solver/output", None),
    "solver/cli/commands.def": ("BAL_COMMAND", "bal_command_", FUNCTION, "solver/cli", None),
}
LISTS = {"solver/base/diagnostics.def", "solver/expr/functions.def"}  # rows that name no file
ACCESSORS = {"at", "find", "count", "rows"}  # of the table itself


def definitions(text, prefix, shape):
    """Names behind the prefix that this file defines: `const ops bal_x_name = {`, `int bal_x_name(...)\\n{`."""
    for name in re.findall(rf"^(?!static|extern)[\w \*]+\b{prefix}(\w+){shape}", text, re.M):
        if name not in ACCESSORS:
            yield name


def check_table(tree, path, macro, prefix, shape, folder, rowless):
    rows = re.findall(rf"^{macro}\(\s*(\w+)", guard.text(pathlib.Path(tree, path)), re.M)
    faults = [f"{path}: {row} stands twice" for row in sorted({r for r in rows if rows.count(r) > 1})]
    defined = {}
    for source in sorted(pathlib.Path(tree, folder).glob("*.c")):
        names = list(definitions(guard.text(source), prefix, shape))
        defined.update({name: source.name for name in names})
        if rowless is not None and not names and source.name not in rowless:
            faults.append(f"{folder}/{source.name} defines no {prefix}...")
    faults += [f"{path}: row {row}, but no {prefix}{row} in {folder}" for row in sorted(set(rows) - set(defined))]
    faults += [f"{folder}/{defined[name]}: {prefix}{name} has no row in {path}"
               for name in sorted(set(defined) - set(rows))]
    return faults


def check(tree):
    faults = []
    for path, table in TABLES.items():
        if pathlib.Path(tree, path).exists():
            faults += check_table(tree, path, *table)
    for path in guard.files(tree, "solver", "models", suffixes=(".def",)):
        name = str(path.relative_to(tree))
        if name not in LISTS and name not in TABLES:
            faults.append(f"{name}: a table that check_tables.py does not know")
    return faults


guard.run(check, {
    "models/models.def": "/* BAL_ELEMENT(file) */\nBAL_ELEMENT(a)\nBAL_ELEMENT(b)\n",
    "models/elements/a.c": "const ops bal_element_a = {\n    3,\n};\n",
    "models/elements/b.c": "const ops bal_element_b = {\n    3,\n};\n",
    "models/elements/models.c": "\n",
    "solver/cli/commands.def": 'BAL_COMMAND(run, "run")\n',
    "solver/cli/run.c": "int bal_command_run(int argc,\n                    char **argv)\n{\n    return 3;\n}\n",
    "solver/cli/main.c": "int bal_command_at(int k)\n{\n    return k;\n}\n",
}, {
    "file without a row": {"models/elements/c.c": "const ops bal_element_c = {\n    3,\n};\n"},
    "file without an element": {"models/elements/c.c": "static int x(void);\n"},
    "row without a file": {"models/models.def": "BAL_ELEMENT(a)\nBAL_ELEMENT(b)\nBAL_ELEMENT(c)\n"},
    "row twice": {"models/models.def": "BAL_ELEMENT(a)\nBAL_ELEMENT(b)\nBAL_ELEMENT(a)\n"},
    "command without a row": {"solver/cli/stop.c": "int bal_command_stop(int argc)\n{\n    return 3;\n}\n"},
    "unknown table": {"solver/mna/x.def": "\n"},
})
