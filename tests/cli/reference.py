#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""reference.py PROGRAM SRCDIR [--update]: what stands between <!-- begin TOPIC --> and <!-- end TOPIC --> in the
READMEs is what `balspice help TOPIC` says, headings one level lower. --update writes it there."""
import pathlib
import re
import subprocess
import sys

PLACES = {"solver/README.md": ["cards", "functions", "options", "diagnostics"], "models/README.md": ["elements"]}


def reference(program, topic):
    """The text of the topic without its own heading."""
    said = subprocess.run([program, "help", topic], capture_output=True, text=True, check=True).stdout
    said = re.sub(r"\A# .*\n+", "", said)
    return re.sub(r"^#", "##", said, flags=re.M).rstrip() + "\n"


def renew(text, topic, body):
    """The file's text with the body between the marks of the topic, or None where there are none."""
    marks = re.compile(rf"(<!-- begin {topic} -->\n).*?(<!-- end {topic} -->\n)", re.S)
    if len(marks.findall(text)) != 1:
        return None
    return marks.sub(lambda m: m.group(1) + "\n" + body + "\n" + m.group(2), text)


def main():
    program, tree, update = sys.argv[1], pathlib.Path(sys.argv[2]), "--update" in sys.argv[3:]
    faults = []
    for place, topics in PLACES.items():
        text = old = (tree / place).read_text(encoding="utf-8")
        for topic in topics:
            new = renew(text, topic, reference(program, topic))
            if new is None:
                faults.append(f"{place}: no pair of marks for '{topic}'")
            elif new != text and not update:
                faults.append(f"{place}: '{topic}' is not what the program says: build the target update-reference")
            text = new or text
        if update and text != old:
            (tree / place).write_text(text, encoding="utf-8")
    if renew("<!-- begin x -->\nold\n<!-- end x -->\n", "x", "new\n") == renew("", "x", "new\n"):
        faults.append("the marks are not seen: this test is blind")
    print("\n".join(faults) or "current")
    return 1 if faults else 0


sys.exit(main())
