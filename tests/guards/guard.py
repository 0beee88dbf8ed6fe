# SPDX-License-Identifier: GPL-3.0-or-later
"""What the guards share. A guard is check(tree) -> list of faults plus canaries: files that
spoil a small clean tree, in which the check must then find a fault. A check that cannot fail is a fault itself."""
import os
import pathlib
import subprocess
import sys
import tempfile


def files(tree, *folders, suffixes=(".c", ".h", ".def")):
    """Files under the folders with one of the suffixes, sorted, build folders left out."""
    found = []
    for folder in folders:
        for path in sorted((pathlib.Path(tree) / folder).rglob("*")):
            if path.is_file() and path.suffix in suffixes and "build" not in path.parts:
                found.append(path)
    return found


def text(path):
    return path.read_text(encoding="utf-8")


def tracked(tree):
    """Paths of the tree that belong to the project: git's if it is a checkout, else all but build/."""
    if os.path.exists(os.path.join(tree, ".git")):
        done = subprocess.run(["git", "-c", f"safe.directory={tree}", "-C", tree, "ls-files", "-z",
                               "--cached", "--others", "--exclude-standard"],
                              capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return [p for p in done.stdout.split("\0") if os.path.isfile(os.path.join(tree, p))]
    root = pathlib.Path(tree)
    return [str(path.relative_to(root)) for path in sorted(root.rglob("*"))
            if path.is_file() and path.relative_to(root).parts[0] not in ("build", ".git")]


def on_copy(check, content):
    """The check's faults in a tree of these files, path -> text."""
    with tempfile.TemporaryDirectory() as folder:
        for path, body in content.items():
            where = pathlib.Path(folder, path)
            where.parent.mkdir(parents=True, exist_ok=True)
            where.write_text(body, encoding="utf-8")
        return check(folder)


def run(check, clean, canaries):
    """clean: a small tree (path -> text) without faults; canaries: name -> files that spoil it. Ends the
    program with 0 or 1."""
    faults = check(os.path.abspath(sys.argv[1]))
    for fault in on_copy(check, clean):
        faults.append(f"the clean canary is refused: {fault}")
    for name, spoil in canaries.items():
        if not on_copy(check, {**clean, **spoil}):
            faults.append(f"the canary '{name}' was not caught: this guard is blind")
    print("\n".join(faults) or f"clean; {len(canaries)} canaries caught")
    sys.exit(1 if faults else 0)
