#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# error_deck.sh PROGRAM NAME: runs NAME.cir of the current folder and compares the messages with NAME.stderr
# to the letter. The first line of NAME.stderr is "exit STATUS" and may add the command and its options:
# "exit 3 check --werror". error_deck.sh --update PROGRAM [NAME...] rewrites the files.
set -u

# Prints what NAME.stderr should hold; $1 the program, $2 the name.
report() {
    local head="" words
    [ ! -f "$2.stderr" ] || read -r head <"$2.stderr"
    read -r -a words <<<"$head"
    set -- "$1" "$2" "${words[@]:2}"
    local program=$1 name=$2
    shift 2
    local tail="${*:+ $*}"
    [ $# -gt 0 ] || set -- run
    local said status
    said=$("$program" "$@" "$name.cir" 2>&1 >/dev/null </dev/null; echo "end $?")
    status=${said##*end }
    printf 'exit %s%s\n%s' "$status" "$tail" "${said%end *}"
}

if [ "$1" = --update ]; then
    program=$2
    shift 2
    [ $# -gt 0 ] || set -- *.cir
    for deck; do
        name=${deck%.cir}
        report "$program" "$name" >"$name.stderr.new" && mv "$name.stderr.new" "$name.stderr"
    done
    exit
fi

program=$1
name=$2
if [ ! -f "$name.stderr" ]; then
    echo "tests/errors/$name.cir has no $name.stderr: its first line is the exit status, 'exit 3'"
    exit 1
fi
diff -u --label "expected $name.stderr" --label "said" "$name.stderr" <(report "$program" "$name")
