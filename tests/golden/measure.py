#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""measure.py PROGRAM TREE ORACLE: each deck of golden/measure says in comments what its measures come to.

    *= NAMES = EXPRESSION              definitions, by mpmath with 40 digits
    *? NAME VALUE [UNIT [TOLERANCE [FREQUENCY TOLERANCE]]]     of every run; `run` is its number
    *?K ...                            of run K
    *! NAME REASON   *!K ...           it fails
    *< NAME LIMIT                      it is below
    *ngspice                           all measures as ngspice gives them, to 1e-5; *~ X: from here to X

A measure that no comment names is an error, and so is a deck whose exit status does not fit.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import mpmath
except ImportError:
    sys.exit(77)  # a skip: there is no python3-mpmath

mpmath.mp.dps = 40
DEFAULT = 4e-15


def names():
    """What the comments may use."""
    space = {name: getattr(mpmath, name) for name in
             ("mpf", "mpc", "pi", "sqrt", "log", "exp", "cos", "sin", "diff")}
    space["dB"] = lambda x: 20 * mpmath.log10(abs(x))
    space["deg"] = lambda x: mpmath.degrees(mpmath.arg(x))
    space["dec"] = lambda n, a, b: [mpmath.mpf(a) * mpmath.mpf(10) ** (mpmath.mpf(k) / n)
                                    for k in range(int(round(n * float(mpmath.log10(b / a)))) + 1)]
    return space


def run(program, deck):
    """Exit status and {(name, run): row} of the measures."""
    done = subprocess.run([program, "run", "--json", deck], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{deck}: exit status {done.returncode}\n{done.stderr}")
    result = json.loads(done.stdout)
    bad = [claim for claim in result["claims"] if claim["verdict"] != "holds"]
    if bad:
        sys.exit(f"{deck}: {bad}")
    return done.returncode, {(row["name"], row["run"]): row for row in result["measures"]}


def split(text):
    """NAME EXPRESSION [UNIT [TOLERANCE [FREQUENCY TOLERANCE]]]: the fields behind the expression are
    words; the expression is what evaluates, so try from the longest."""
    name, _, rest = text.strip().partition(" ")
    words = rest.split(" ")
    for n in range(len(words), 0, -1):
        expression = " ".join(words[:n])
        try:
            compile(expression, "deck", "eval")
        except SyntaxError:
            continue
        return name, expression, words[n:]
    raise ValueError(text)


def near(got, want, tolerance):
    return abs(mpmath.mpmathify(got) - want) <= tolerance * max(abs(want), mpmath.mpf(10) ** -6)


def check_value(row, text, space):
    """A complaint, or None."""
    name, expression, fields = split(text)
    want = mpmath.mpmathify(eval(expression, space))  # the decks are ours
    if fields and not re.fullmatch(r"[\d.e+-]+", fields[0]):
        if row["unit"] != fields[0].replace("_", " "):
            return f"{name}: unit '{row['unit']}', want '{fields[0]}'"
        fields = fields[1:]
    elif row["unit"] and not fields:
        return f"{name}: unit '{row['unit']}', want none"
    if row["failure"]:
        return f"{name} failed: {row['failure']}"
    got = mpmath.mpc(row["value"], row["imaginary"]) if "imaginary" in row else row["value"]
    tolerance = float(fields[0]) if fields else DEFAULT * 16
    if not near(got, want, tolerance):
        return f"{name} = {got}, want {mpmath.nstr(want, 20)}"
    if len(fields) > 2:
        place = eval(fields[1], space)
        if not near(row["frequency"], place, float(fields[2])):
            return f"{name} at {row['frequency']}, want {mpmath.nstr(place, 20)}"
    return None


def check_line(kind, text, row, space):
    if kind == "?":
        return check_value(row, text, space)
    name, _, rest = text.strip().partition(" ")
    if kind == "!" and row["failure"] != rest:
        return f"{name}: '{row['failure']}', want '{rest}'"
    if kind == "<" and not (not row["failure"] and row["value"] < float(rest)):
        return f"{name} = {row['value']}, want below {rest}"
    return None


def check_deck(program, deck):
    """Complaints about one deck, and how many values were compared."""
    space, open_rows, complaints, n = names(), {}, [], 0
    code, rows = run(program, deck)
    open_rows.update(rows)
    with open(deck, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("*="):
                exec(line[2:].strip(), space)
            found = re.match(r"\*([?!<])(\d*) (\S+)", line)
            if not found:
                continue
            for key in [key for key in rows if key[0] == found[3].lower() and
                        found[2] in ("", str(key[1]))]:
                open_rows.pop(key, None)
                space["run"] = key[1]
                complaints.append(check_line(found[1], line[2 + len(found[2]):], rows[key], space))
                n += 1
    complaints += [f"nothing is said of {name} in run {k}" for name, k in open_rows]
    failed = any(row["failure"] for row in rows.values())
    if code != int(failed):
        complaints.append(f"exit status {code}")
    return [text for text in complaints if text], n


def check_ngspice(program, deck):
    """The same cards in a .control block of ngspice."""
    _, rows = run(program, deck)
    body, cards, tolerance, limits = [], [], 1e-5, {}
    with open(deck, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("*~"):
                tolerance = float(line[2:])
            elif line.startswith(".meas"):
                cards.append(line[1:])
                limits[line.split()[2]] = tolerance
            elif line.startswith(".ac"):
                cards.insert(0, "set units=degrees\n" + line[1:])
            elif not line.startswith(".end"):
                body.append(line)
    params = [card for card in cards if " param=" in card]  # not known to the meas command
    text = "".join(body) + ".control\n" + "".join(c for c in cards if c not in params) + "quit 0\n.endc\n.end\n"
    with tempfile.NamedTemporaryFile("w", suffix=".cir") as file:
        file.write(text)
        file.flush()
        said = subprocess.run(["ngspice", "-b", file.name], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False).stdout
    theirs = dict(re.findall(r"^(\w+) +=  (\S+)", said, re.MULTILINE))
    complaints = []
    for (name, _), row in rows.items():
        if any(f" {name} " in card for card in params):
            continue
        if name not in theirs or not near(row["value"], float(theirs[name]), limits[name]):
            complaints.append(f"{name} = {row['value']}, ngspice: {theirs.get(name)}")
    return complaints, len(rows)


def main():
    program, tree = sys.argv[1:3]
    folder = os.path.join(tree, "tests", "golden", "measure")
    total, bad = 0, 0
    for file in sorted(os.listdir(folder)):
        deck = os.path.join(folder, file)
        with open(deck, encoding="utf-8") as text:
            theirs = "*ngspice\n" in text.read()
        if theirs and not shutil.which("ngspice"):
            continue
        complaints, n = (check_ngspice if theirs else check_deck)(program, deck)
        total += n
        bad += len(complaints)
        for text in complaints:
            print(f"{file}: {text}")
    print(f"{total} measures compared, {bad} differences")
    sys.exit(bad > 0 or total < 80)


main()
