#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 300
"""claims.py PROGRAM SRCDIR [--update]: every claim under netlists/ holds, names its source and fails under its
breaks=, each part of the library is in a deck, and the tables of netlists/README.md hold what was measured. --update
writes them."""
import json
import pathlib
import re
import subprocess
import sys

LEAST_DECKS, LEAST_CLAIMS = 35, 120
MARKS = re.compile(r"(<!-- begin claims -->\n).*?(<!-- end claims -->\n)", re.S)
DETAIL = re.compile(r"(?:(?P<found>\S+)(?: \S+)?, )?(?P<value>\S+)(?P<unit> (?!off\b)\S+)?(?P<off> off)?"
                    r" \(limit (?P<limit>\S+?)(?: \S+)?\)")
ROUNDING = 1e-3  # of the limit: a smaller distance shows how rounding went, which no table should hold
TIE = 1e-9  # of the limit: below it rounding has settled which point is the worst, and so what was found there
NULL = -300  # dB: likewise


def run(program, tree, *arguments):
    done = subprocess.run([program, "test", *arguments, "netlists"], cwd=tree, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def measured(detail, one_point):
    """What the claim measured and its limit, without the place of the worst point (ties are settled by rounding)."""
    match = DETAIL.match(detail)
    if not match:
        return detail
    found, value, unit, off, limit = (match[name] or "" for name in ("found", "value", "unit", "off", "limit"))
    if match.end() < len(detail) and not one_point and off and abs(float(value)) < TIE * float(limit):
        found = ""
    value = "a null" if float(value) < NULL else "0" if abs(float(value)) < ROUNDING * abs(float(limit)) else value
    if not off:
        return f"{value}{unit}, limit {limit}"
    found = "0" if found and abs(float(found)) < ROUNDING * float(limit) else found
    return f"{found + unit + ', ' if found else ''}{value} off, limit {limit}"


def cell(text):
    return text.replace("|", r"\|").replace("<", "&lt;")


def tables(tree, decks):
    """A heading, the deck's title and a table for each deck with claims."""
    for deck in decks:
        path = pathlib.Path(deck["file"])
        text = (tree / path).read_text(encoding="utf-8")
        title = text.splitlines()[0].lstrip("* ")
        one_point = re.search(r"(?im)^\.ac list \S+$", text) and not re.search(r"(?im)^\.step", text)
        yield f"### [{path.stem}]({path.relative_to('netlists')})\n{title}\n\n| claim | measured | source |\n|---|---|---|\n"
        for claim in deck["claims"]:
            source = cell(claim.get("source") or "")
            yield f"| {cell(claim['text'])} | {measured(claim['detail'], one_point)} | {source} |\n"
        yield "\n"


def logical_lines(text):
    return re.sub(r"\n\s*\+", " ", text).splitlines()


def parts_of(texts, pattern):
    return {match.group(1).lower() for text in texts for line in logical_lines(text) if (match := re.match(pattern, line))}


def unused_parts(tree):
    """Names of the library's subcircuits that no deck has an instance of."""
    read = lambda folder, end: [p.read_text(encoding="utf-8") for p in sorted((tree / folder).rglob(f"*.{end}"))]
    made = parts_of(read("models/library", "lib"), r"(?i)\.subckt\s+(\S+)")
    used = parts_of(read("netlists", "cir"), r"(?i)x\S*(?:\s+[^\s=]+)*?\s+([^\s=]+)(?=\s+(?:params:|\S+\s*=)|\s*$|\s*;)")
    return made, sorted(made - used)


def main():
    program, tree, update = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), "--update" in sys.argv[3:]
    faults = []
    status, out, err = run(program, tree, "--json")
    decks = [deck for deck in json.loads(out)["decks"] if deck["claims"]]
    claims = [claim for deck in decks for claim in deck["claims"]]
    faults += [f"{c['file']}:{c['line']}: {c['verdict']}: {c['text']}" for c in claims if c["verdict"] != "holds"]
    for name in ("source", "breaks"):
        faults += [f"{c['file']}:{c['line']}: no {name}=: {c['text']}" for c in claims if not c.get(name)]
    if status != 0 and not faults:
        faults.append(err)
    if len(decks) < LEAST_DECKS or len(claims) < LEAST_CLAIMS:
        faults.append(f"{len(claims)} claims in {len(decks)} decks")
    if not update:
        status, out, _ = run(program, tree, "--breaks")
        faults += [line for line in out.splitlines() if line.startswith("not ok")]
        if status != 0 and not faults:
            faults.append(f"--breaks ends with {status}")
    made, unused = unused_parts(tree)
    faults += [f"models/library: no deck has {name}" for name in unused]
    if "drv_unbalanced" not in made or "drv_unbalanced" in unused:
        faults.append("instances are not seen: this test is blind")
    place = tree / "netlists/README.md"
    text = place.read_text(encoding="utf-8")
    new = MARKS.sub(lambda m: m.group(1) + "\n" + "".join(tables(tree, decks)) + m.group(2), text)
    if len(MARKS.findall(text)) != 1:
        faults.append(f"{place}: no pair of marks for the claims")
    elif new != text and update:
        place.write_text(new, encoding="utf-8")
    elif new != text:
        faults.append(f"{place}: not what was measured: build the target update-reference")
    print("\n".join(faults) or "current")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
