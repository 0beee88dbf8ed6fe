#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_includes.py TREE: every #include of solver/ and models/ follows an arrow of arrows.txt."""
import pathlib
import re

import guard

STANDARD = set("""assert complex ctype errno fenv float inttypes limits locale math setjmp stdalign
    stdarg stdbool stddef stdint stdio stdlib stdnoreturn string tgmath time""".split())
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def read_arrows(tree):
    """folders: layer -> folder, uses: layer -> set, system: prefix -> set of layers."""
    folders, uses, system = {}, {}, {}
    for line in guard.text(pathlib.Path(tree, "tests/guards/arrows.txt")).splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        left, right = line.split(":")
        words = left.split()
        if words[0].startswith("<"):
            system[words[0]] = set(right.split())
        else:
            folders[words[0]] = words[1]
            uses[words[0]] = set(right.split())
    return folders, uses, system


def reach(uses, layer):
    """The layer and all that its arrows lead to."""
    seen, todo = set(), [layer]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += uses[name]
    return seen


def check_cmake(tree, uses):
    """bal_layer(name DIR d USES ...) must say what the list says."""
    path = pathlib.Path(tree, "solver/CMakeLists.txt")
    if not path.exists():
        return []
    faults = []
    for name, rest in re.findall(r"^bal_layer\((\w+)([^)]*)\)", guard.text(path), re.M):
        said = re.search(r"USES([^A-Z]*)", rest)
        built = set(said.group(1).split()) if said else set()
        if built != uses.get(name):
            faults.append(f"solver/CMakeLists.txt: bal_layer({name}) USES {sorted(built)}, "
                          f"arrows.txt says {sorted(uses.get(name, ['no such layer']))}")
    return faults


def check(tree):
    folders, uses, system = read_arrows(tree)
    faults = check_cmake(tree, uses)
    owners = {}
    sources = []
    for layer, folder in folders.items():
        for path in guard.files(tree, folder):
            sources.append((layer, path))
            if path.suffix != ".c":
                owners.setdefault(path.name, set()).add(layer)
    for path in pathlib.Path(tree, "models").glob("*.def"):
        owners.setdefault(path.name, set()).add("elements")
    for name, layers in owners.items():
        if any(len(layers & reach(uses, layer)) > 1 for layer in uses):
            faults.append(f"{name} stands in {sorted(layers)}: a flat include may find either")
    covered = {path for _, path in sources}
    for path in guard.files(tree, "solver", "models", suffixes=(".c", ".h")):
        if path not in covered:
            faults.append(f"{path.relative_to(tree)}: its folder is no layer of arrows.txt")
    for layer, path in sources:
        where = path.relative_to(tree)
        allowed = reach(uses, layer)
        for mark, name in INCLUDE.findall(guard.text(path)):
            mark = "<" if "/" in name else mark
            if mark == '"' and (path.parent / name).exists():
                continue
            if mark == '"' and not owners.get(name, set()) & allowed:
                faults.append(f"{where}: {layer} must not include \"{name}\" of "
                              f"{', '.join(owners.get(name, ['nobody']))}")
            if mark == "<" and not is_allowed(name, layer, system):
                faults.append(f"{where}: {layer} must not include <{name}>")
    return faults


def is_allowed(name, layer, system):
    if name.removesuffix(".h") in STANDARD:
        return True
    return any(f"<{name}>".startswith(prefix) and layer in layers
               for prefix, layers in system.items())


CLEAN = {
    "tests/guards/arrows.txt": "base solver/base :\nmna solver/mna : base\n"
                               "numeric solver/numeric : base\n<klu.h> : mna\n",
    "solver/CMakeLists.txt": "bal_layer(mna DIR x USES base LINK KLU::KLU)\n",
    "solver/base/status.h": "#include <stddef.h>\n",
    "solver/mna/mna.h": '#include <klu.h>\n#include "status.h"\n',
}

guard.run(check, CLEAN, {
    "upwards": {"solver/base/bad.c": '#include "mna.h"\n'},
    "sideways": {"solver/numeric/bad.c": '# include "mna.h"\n'},
    "unknown header": {"solver/mna/bad.c": '#include "nowhere.h"\n'},
    "library": {"solver/base/bad.c": "#include <klu.h>\n"},
    "test header": {"solver/mna/bad.c": "#include <cmocka.h>\n"},
    "stray folder": {"solver/extra/bad.c": "\n"},
    "second header of one name": {"solver/mna/status.h": "\n"},
    "cmake": {"solver/CMakeLists.txt": "bal_layer(base DIR x USES mna)\n"},
})
