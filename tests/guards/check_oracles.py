#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_oracles.py TREE: every function that ngspice 39 knows and every form of an element stands in a
differential deck; what ngspice has not, or has wrong, stands in a deck or test of its own, and here with the reason."""
import pathlib
import re

import guard

# Functions of .param and of B sources, found by asking ngspice 39 for each row of functions.def.
NGSPICE = set("""abs sqrt sqr exp ln log log10 sin cos tan asin acos atan arctan sinh cosh tanh asinh acosh atanh pow
    pwr min max ternary_fcn int floor ceil nint sgn u uramp""".split())
DRAWS = set("limit gauss agauss unif aunif mc flat".split())  # no two programs draw the same
OPERATORS = ["+", "-", "*", "/", "%", "^", "**", "!", "&&", "||", "==", "!=", "<", ">", "<=", ">=", "?"]

# Letter, what it shows, how its card looks in lower case.
FORMS = [
    ("r", "a value", r"r\S+ \S+ \S+ [\d.]+\S*$"), ("r", "an expression", r"r.*\{"), ("r", "tc1=", r"r.* tc1="),
    ("r", "tce=", r"r.* tce="), ("r", "temp=", r"r.* temp="), ("r", "dtemp=", r"r.* dtemp="), ("r", "m=", r"r.* m="),
    ("r", "scale=", r"r.* scale="), ("r", "ac=", r"r.* ac="), ("r", "noisy=", r"r.* noisy="),
    ("r", "of the frequency", r"r.*hertz"), ("r", "a model", r"\.model \S+ r"),
    ("c", "a value", r"c\S+ \S+ \S+ [\d.]+\S*$"), ("c", "m=", r"c.* m="), ("c", "scale=", r"c.* scale="),
    ("c", "ic=", r"c.* ic="), ("c", "tc1=", r"c.* tc1="), ("c", "dtemp=", r"c.* dtemp="),
    ("c", "a model", r"\.model \S+ c"),
    ("l", "a value", r"l\S+ \S+ \S+ [\d.]+\S*$"), ("l", "m=", r"l.* m="), ("l", "scale=", r"l.* scale="),
    ("l", "ic=", r"l.* ic="), ("l", "tc1=", r"l.* tc1="), ("l", "a model", r"\.model \S+ l"),
    ("k", "two windings", r"k\S+ l\S+ l\S+ \S+$"),
    ("v", "AC with a phase", r"v.* ac \S+ -?\d"), ("v", "an ammeter", r"v\S+ \S+ \S+ 0$"),
    ("v", "a port", r"v.* portnum"),
    ("i", "AC", r"i.* ac "), ("i", "m=", r"i.* m="),
    ("e", "a gain", r"e\S+ \S+ \S+ \S+ \S+ \S+$"), ("e", "POLY", r"e.* poly"), ("e", "VALUE", r"e.* value"),
    ("e", "VOL", r"e.* vol="), ("e", "TABLE", r"e.* table"),
    ("g", "a gain", r"g\S+ \S+ \S+ \S+ \S+ \S+$"), ("g", "m=", r"g.* m="), ("g", "POLY", r"g.* poly"),
    ("g", "VALUE", r"g.* value"), ("g", "CUR", r"g.* cur="), ("g", "TABLE", r"g.* table"),
    ("f", "a gain", r"f\S+ \S+ \S+ v\S+ \S+$"), ("f", "m=", r"f.* m="), ("f", "POLY", r"f.* poly"),
    ("h", "a gain", r"h\S+ \S+ \S+ v\S+ \S+$"), ("h", "POLY", r"h.* poly"),
    ("b", "V=", r"b.* v="), ("b", "I=", r"b.* i="), ("b", "of the frequency", r"b.*hertz"),
    ("b", "a temperature", r"b.* tc1="),
    ("t", "td=", r"t.* td="), ("t", "f=", r"t.* f="),
    ("o", "LC", r"\.model \S+ ltra"),
    ("a", "gain", r"\.model \S+ gain"), ("a", "summer", r"\.model \S+ summer"), ("a", "s_xfer", r"\.model \S+ s_xfer"),
    ("x", "parameters", r"x.* \S+="), ("x", "params:", r"\.subckt.* params:"), ("x", "m=", r"x.* m="),
    (".", ".func", r"\.func"), (".", ".if", r"\.if"), (".", ".global", r"\.global"), (".", ".include", r"\.include"),
    (".", ".lib", r"\.lib"), (".", ".temp", r"\.temp"), (".", ".options temp", r"\.options temp"),
    (".", ".ac dec", r"\.ac dec"), (".", ".ac oct", r"\.ac oct"), (".", ".ac lin", r"\.ac lin"),
]
# Letter, what it shows, its card, where, and why ngspice 39 is no measure.
ELSEWHERE = [
    ("e", "LAPLACE", r"e.* laplace", "golden/forms/*.cir", "ngspice 39 has none"),
    ("e", "FREQ", r"e.* freq", "golden/forms/*.cir", "ngspice 39 has none"),
    ("c", "rser=", r"c.* rser=", "golden/forms/*.cir", "ngspice 39 refuses LTspice's parasitics"),
    ("l", "rser=", r"l.* rser=", "golden/forms/*.cir", "ngspice 39 refuses LTspice's parasitics"),
    ("o", "RL, and any G", r"\.model \S+ ltra.* g=", "golden/forms/*.cir", "ngspice 39 refuses them"),
    ("u", "URC", r"u", "golden/forms/*.cir", "ngspice makes lumps of it, here it is the line itself"),
    ("y", "TXL", r"y", "golden/forms/*.cir", "ngspice 39 takes it for an open circuit in AC"),
    ("k", "three windings", r"k\S+ l\S+ l\S+ l\S+ \S+$", "golden/*.cir", "ngspice 39 refuses it"),
    ("p", "lines beside each other", r"p", "../netlists/**/*.cir", "ngspice 39 fails with a singular matrix"),
    ("n", "a measured block", r"n.* file=", "golden/**/*.py", "ngspice has none"),
]


def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace")  # some decks are in another encoding on purpose


def cards(path):
    """The cards of a deck in lower case, comments left out, continuations joined."""
    text = text_of(path).lower()
    lines = [line for line in text.splitlines()[1:] if not line.startswith("*")]
    return re.sub(r"\n\+", " ", "\n".join(lines)).splitlines()


def lines_of(path):
    """A deck's cards; of another file everything that could be one."""
    if path.suffix in (".cir", ".inc", ".lib"):
        return cards(path)
    return [part.strip() for part in re.split(r'[\n"]|\\n', text_of(path).lower())]


def functions(tree):
    rows = guard.text(pathlib.Path(tree, "solver/expr/functions.def"))
    return re.findall(r'^BAL_FUNCTION\("(\w+)"', rows, re.M)


def check_functions(tree, decks):
    faults = []
    bodies = "\n".join(line for deck in decks for line in cards(deck))
    others = [text_of(path) for folder in ("tests", "netlists") for path in pathlib.Path(tree, folder).rglob("*")
              if path.suffix in (".c", ".cir", ".sh")]
    names = functions(tree)
    for name in names:
        call = re.compile(rf"(?<![\w.]){name}\s*\(", re.I)
        if name in NGSPICE and not call.search(bodies):
            faults.append(f"{name}() stands in no differential deck")
        elif name not in NGSPICE | DRAWS and not any(call.search(text) for text in others):
            faults.append(f"{name}() stands in no test at all")
    for operator in OPERATORS:
        if operator not in bodies:
            faults.append(f"operator {operator} stands in no differential deck")
    return faults + [f"{name} is no row of functions.def" for name in sorted((NGSPICE | DRAWS) - set(names))]


def check_forms(tree, decks):
    faults = []
    standing = [line for deck in decks for line in cards(deck)]
    for letter, what, card in FORMS:
        if not any(re.match(card, line) for line in standing):
            faults.append(f"{letter}, {what}: no differential deck has a card like {card}")
    for letter, what, card, where, _ in ELSEWHERE:
        found = (line for path in pathlib.Path(tree, "tests").glob(where) for line in lines_of(path))
        if not any(re.match(card, line) for line in found):
            faults.append(f"{letter}, {what}: {where} has no card like {card}")
    known = {form[0] for form in FORMS + ELSEWHERE}
    for path in sorted(pathlib.Path(tree, "models/elements").glob("*.c")):
        for letter in re.findall(r"\.letter = '(\w)'", guard.text(path)):
            if letter.lower() not in known:
                faults.append(f"{path.name}: no form of {letter} is known to check_oracles.py")
    return faults


def check(tree):
    decks = sorted(pathlib.Path(tree, "tests/golden/differential").glob("*.cir"))
    return check_functions(tree, decks) + check_forms(tree, decks)


def clean_tree():
    """The project's own decks, so that each canary is one that is taken away or added."""
    tree = pathlib.Path(__file__).resolve().parents[2]
    wanted = [*tree.glob("tests/golden/differential/*.cir"), *tree.glob("tests/unit/*.c"),
              *tree.glob("tests/golden/**/*.py"), *tree.glob("tests/golden/forms/*.cir"), *tree.glob("tests/cli/*.sh"),
              *tree.glob("netlists/**/*.cir"), tree / "solver/expr/functions.def",
              *tree.glob("tests/golden/*.cir"), *tree.glob("tests/golden/measure/*.cir")]
    return {str(path.relative_to(tree)): guard.text(path) for path in wanted}


CLEAN = clean_tree()
DECK = "tests/golden/differential/"
guard.run(check, CLEAN, {
    "a function that no test names": {
        "solver/expr/functions.def": CLEAN["solver/expr/functions.def"] + '\nBAL_FUNCTION("unheardof", 1, 1,\n'},
    "a function without a deck": {DECK + "form_func_arctan.cir": "t\n.end\n"},
    "a form without a deck": {DECK + "form_port.cir": "t\n.end\n"},
    "a form in a comment": {DECK + "form_port.cir": "t\n*V1 in 0 ac 1 portnum 1\n.end\n"},
    "a form that ngspice lacks, without a deck": {"tests/golden/forms/txl.cir": "t\n.end\n"},
    "an unknown letter": {"models/elements/z.c": "    .letter = 'Z',\n"},
})
