#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# encodings.sh PROGRAM SRCDIR: one deck in the encodings and line ends that other programs write gives the same
# bytes; messages are UTF-8 whatever the deck is.
. "$2/tests/support/cli.sh"

cat >utf8.cir <<'DECK'
* Übertrager µ-test
V1 in 0 AC 1
R1 in ausgänge 1k
C1 ausgänge 0 4.7µ
XU§1 ausgänge 0 teil
.subckt teil a b
R1 a b 2.2k
.ends
.ac dec 3 10 1k
.print ac v(ausgänge)
.end
DECK
# convert NAME PROGRAM...: NAME.cir is the output of the program fed with the deck.
convert() {
    local name=$1
    shift
    "$@" <utf8.cir >"$name.cir" || complain "cannot make $name.cir"
}
# shellcheck disable=SC2317 # convert calls it
python() {
    python3 -c "import sys; text = sys.stdin.buffer.read().decode('utf-8'); sys.stdout.buffer.write($1)"
}
convert bom python 'text.encode("utf-8-sig")'
convert utf16le python 'b"\xff\xfe" + text.encode("utf-16-le")'
convert utf16be python 'b"\xfe\xff" + text.encode("utf-16-be")'
convert bare16le python 'text.encode("utf-16-le")'
convert bare16be python 'text.encode("utf-16-be")'
convert latin1 python 'text.encode("latin-1")'
convert crlf python 'text.replace("\n", "\r\n").encode("utf-8")'
convert cr python 'text.replace("\n", "\r").encode("utf-8")'
convert ltspice python 'b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")'
convert greek python 'text.replace("\u00b5", "\u03bc").encode("utf-8")'
convert noend python 'text.rstrip("\n").encode("utf-8")'

expect 0 run utf8.cir -o utf8.csv
silent err
for name in bom utf16le utf16be bare16le bare16be latin1 crlf cr ltspice greek noend; do
    expect 0 run "$name.cir" -o "$name.csv"
    silent err
    cmp -s "$name.csv" utf8.csv || complain "$name.cir gives other results than utf8.cir"
done
head -n 1 utf8.csv | grep -qF 're(v(ausgänge))' || complain "header: $(head -n 1 utf8.csv)"

# An included file has an encoding of its own.
printf '.subckt teil a b\r\nR1 a b 2.2k\r\n.ends\r\n' | iconv -t UTF-16LE >teil.body
{ printf '\xff\xfe'; cat teil.body; } >teil.inc
sed -e '/^\.subckt/,/^\.ends/d' -e 's/^\.ac/.include teil.inc\n.ac/' utf8.cir >split.cir
expect 0 run split.cir -o split.csv
cmp -s split.csv utf8.csv || complain "an included UTF-16 file gives other results"

# Messages count characters and stay UTF-8.
for name in utf16le latin1 bom; do
    case $name in
    utf16le) sed 's/4\.7µ/4.7µ extra!/' utf8.cir | iconv -t UTF-16 >wrong-$name.cir ;;
    latin1) sed 's/4\.7µ/4.7µ extra!/' utf8.cir | iconv -t LATIN1 >wrong-$name.cir ;;
    *) { printf '\xef\xbb\xbf'; sed 's/4\.7µ/4.7µ extra!/' utf8.cir; } >wrong-$name.cir ;;
    esac
    expect 3 run wrong-$name.cir
    says err "wrong-$name.cir:4:20: error:"
    says err "C1 ausgänge 0 4.7µ extra!"
    iconv -f UTF-8 -t UTF-8 err >/dev/null || complain "the message is no UTF-8"
done

# Half a character, and half a surrogate pair.
{ printf '\xff\xfe'; iconv -t UTF-16LE utf8.cir; printf 'x'; } >odd.cir
expect 0 run odd.cir -o odd.csv
printf '\xff\xfet\0\n\0R\0001\0 \0\0\xd8 \0000\0 \0001\0\n\0' >surrogate.cir
expect 3 run surrogate.cir
iconv -f UTF-8 -t UTF-8 err >/dev/null || complain "a lone surrogate comes out as it went in"
finish
