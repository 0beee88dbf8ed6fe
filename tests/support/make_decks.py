#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_decks.py: writes into the current folder the decks of tests/errors/made, which are too large for a
repository or need many files."""
import pathlib

HEAD = "V1 in 0 dc 0 ac 1\nR1 in out 1k\nC1 out 0 1u\n"
TAIL = ".ac dec 10 10 100k\n.end\n"


def write(name, body):
    pathlib.Path(name).write_text(f"{name.split('.')[0]}\n{HEAD}{body}{TAIL}", encoding="utf-8")


def nested_definitions(depth):
    return ("".join(f".subckt S{k} 1 2\n" for k in range(depth)) + "R1 1 2 1k\n" + ".ends\n" * depth)


def instance_chain(length):
    links = "".join(f".subckt S{k} 1 2\nX1 1 2 S{k + 1}\n.ends\n" for k in range(length))
    return f"X1 out 0 S0\n{links}.subckt S{length} 1 2\nR1 1 2 1k\n.ends\n"


def parentheses(depth):
    return "R2 out 0 {" + "(" * depth + "1" + ")" * depth + "}\n"


def parameter_chain(length):
    links = "".join(f".param p{k}={{p{k - 1}+1}}\n" for k in range(1, length))
    return f".param p0=1\n{links}R2 out 0 {{p{length - 1}}}\n"


write("nested_definitions.cir", nested_definitions(2000))
write("instance_chain.cir", instance_chain(5000))
write("parentheses_10k.cir", parentheses(10000))
write("parentheses_1M.cir", parentheses(1000000))
write("parameter_chain.cir", parameter_chain(10000))
# A chain of 101 files, no two of them the same.
write("include_limit.cir", ".include i0.inc\n")
for number in range(101):
    pathlib.Path(f"i{number}.inc").write_text(f".include i{number + 1}.inc\n", encoding="utf-8")
# A file that is no netlist, included by mistake or on purpose.
write("include_passwd.cir", ".include passwd\n")
pathlib.Path("passwd").write_text("root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\n",
                                  encoding="utf-8")
