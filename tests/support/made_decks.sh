#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# made_decks.sh [--update] PROGRAM SRCDIR: error_deck.sh on the decks that make_decks.py writes, in a scratch
# folder; what they should say is in tests/errors/made.
set -u
update=""
if [ "$1" = --update ]; then
    update=1
    shift
fi
program=$(realpath "$1")
source=$(realpath "$2")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
python3 "$source/tests/support/make_decks.py" || exit 1
cp "$source"/tests/errors/made/*.stderr . 2>/dev/null
if [ -n "$update" ]; then
    bash "$source/tests/support/error_deck.sh" --update "$program" && cp ./*.stderr "$source/tests/errors/made/"
    exit
fi
wrong=0
for deck in *.cir; do
    bash "$source/tests/support/error_deck.sh" "$program" "${deck%.cir}" || wrong=$((wrong + 1))
done
[ "$wrong" -eq 0 ] || echo "$wrong decks"
exit $((wrong > 0))
