#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 300
"""readme.py TREE BUILD: runs every command of the README and compares what it prints.

A block marked ```sh is run line by line; each line must succeed. When a ```text block follows it directly, that is
what the commands print; a line of three dots there stands for any lines. The folder looks like a built
checkout: build/release/bin is the build under test. A line `./bootstrap...` is only held against the two known
ones: this test is run by the second."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$\n?(\s*)", re.M | re.S)
BOOTSTRAP = {"./bootstrap", "./bootstrap test"}


def steps(text):
    """(commands, expected output or None) of each ```sh block."""
    blocks = [(m.group(1), m.group(2), m.end()) for m in BLOCK.finditer(text)]
    starts = [m.start() for m in BLOCK.finditer(text)] + [None]
    for k, (kind, body, end) in enumerate(blocks):
        if kind == "sh":
            follows = k + 1 < len(blocks) and blocks[k + 1][0] == "text" and starts[k + 1] == end
            yield body, blocks[k + 1][1] if follows else None


def matches(wanted, got):
    """Whether the lines agree; "..." in `wanted` stands for any lines."""
    pattern = "".join(r"(?:.*\n)*" if line.strip() in ("...", "…") else re.escape(line.rstrip()) + r"[ \t]*\n"
                      for line in wanted.splitlines())
    return re.fullmatch(pattern, got if got.endswith("\n") or not got else got + "\n") is not None


def check_block(folder, body, wanted):
    lines = [line.split(" #")[0].strip() for line in body.replace("\\\n", " ").splitlines()]
    printed = ""
    for line in filter(None, lines):
        if line.startswith("./bootstrap"):
            if line not in BOOTSTRAP:
                return [f"unknown: {line}"]
            continue
        done = subprocess.run(["bash", "-c", line], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        printed += done.stdout
        if done.returncode != 0:
            return [f"{line}\n  ended with {done.returncode}: {done.stdout}"]
    if wanted is not None and not matches(wanted, printed):
        return [f"{body}printed\n{printed}instead of\n{wanted}"]
    return []


def check_readme(tree, build, path):
    faults = []
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in os.listdir(tree):
            if name not in ("build", ".git"):
                os.symlink(os.path.join(tree, name), os.path.join(folder, name))
        os.makedirs(os.path.join(folder, "build", "release"))
        os.symlink(os.path.join(build, "bin"), os.path.join(folder, "build", "release", "bin"))
        for body, wanted in steps(path.read_text(encoding="utf-8")):
            count += 1
            faults += [f"{path.name}: {fault}" for fault in check_block(folder, body, wanted)]
    return count, faults


CANARIES = [
    "```sh\ntrue\nfalse\n```\n",
    "```sh\necho 2.385\n```\n```text\n2.386\n```\n",
    "```sh\necho 2.385\n```\n\n```text\n2.385\n...\nmore\n```\n",
    "```sh\n./bootstrap everything\n```\n",
]
CLEAN = "```sh\n./bootstrap\necho 2.385; echo x # a remark\n```\n\n```text\n2.385\n...\n```\n```c\nfalse\n```\n"


def main():
    tree, build = (os.path.abspath(path) for path in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        for text in CANARIES:
            pathlib.Path(folder, "README.md").write_text(text, encoding="utf-8")
            if not check_readme(folder, build, pathlib.Path(folder, "README.md"))[1]:
                sys.exit(f"this canary was not caught: {text}")
        pathlib.Path(folder, "README.md").write_text(CLEAN, encoding="utf-8")
        faults = check_readme(folder, build, pathlib.Path(folder, "README.md"))[1]
    count, found = check_readme(tree, build, pathlib.Path(tree, "README.md"))
    faults += found
    if count == 0:
        faults.append("README.md has no ```sh block")
    print("\n".join(faults) or f"{count} blocks run")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
