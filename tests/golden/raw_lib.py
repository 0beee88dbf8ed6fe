# SPDX-License-Identifier: GPL-3.0-or-later
"""Vectors by name, and how ngspice's binary raw file gives them."""
import re
import struct

import golden_lib as lib

# ngspice's unknowns inside of elements: t1#i1, e1_int1.
INSIDE = re.compile(r"#|_int[0-9]+\)")


class Result:
    """Frequencies and, by name, one (re, im) per frequency. Names: v(node), i(source), lower case."""

    def __init__(self, frequencies, vectors):
        self.frequencies = frequencies
        self.vectors = vectors


def kind(name):
    """v for a node voltage, i for the current of a V source, else nothing."""
    if name.startswith("v("):
        return "v"
    if name.startswith("i(") and name[2:-1].split(".")[-1].startswith("v"):
        return "i"
    return None


def plain(name):
    """ngspice's i(v.x1.v7) and v.x1.v7#branch are our i(x1.v7)."""
    name = name.lower()
    if name.endswith("#branch"):
        name = "i(%s)" % name[:-7]
    elif "(" not in name:
        name = "v(%s)" % name
    head, inner = name[:2], name[2:-1]
    letter, dot, rest = inner.partition(".")
    return "%s%s)" % (head, rest if head == "i(" and dot and len(letter) == 1 else inner)


def read_raw(path):
    with open(path, "rb") as file:
        data = file.read()
    head, found, body = data.partition(b"Binary:\n")
    if not found:
        raise lib.Failed("ngspice: no binary data")
    lines = head.decode("utf-8", "replace").splitlines()
    fields = dict(line.split(":", 1) for line in lines if ":" in line and not line.startswith("\t"))
    n, points = int(fields["No. Variables"]), int(fields["No. Points"])
    if "complex" not in fields["Flags"] or len(body) < 16 * n * points or not points:
        raise lib.Failed("ngspice: %d points of %s" % (points, fields["Flags"].strip()))
    names = [plain(line.split()[1]) for line in lines[lines.index("Variables:") + 1:]]
    values = struct.unpack_from("<%dd" % (2 * n * points), body)
    column = {name: [(values[2 * (p * n + k)], values[2 * (p * n + k) + 1]) for p in range(points)]
              for k, name in enumerate(names)}
    frequencies = [pair[0] for pair in column[names[0]]]
    return Result(frequencies, {name: column[name] for name in names[1:] if kind(name) and not INSIDE.search(name)})
