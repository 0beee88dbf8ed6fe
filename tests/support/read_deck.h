/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_TESTS_READ_DECK_H
#define BAL_TESTS_READ_DECK_H

/*
 * Decks to text, for tests of the reader. A card is written as its tokens with a blank between and
 * a mark before each: nothing for a word, '=' '(' ')' for themselves, "x:" for an expression, "s:"
 * for a string, a comma where one stood.
 */
#include "netlist.h"

typedef struct bal_reading {
    bal_arena arena;
    bal_diag diag;
    bal_deck deck;
    bal_status status;
    char said[1 << 16];  /* all messages */
    char cards[1 << 16]; /* one line a card; unless BAL_E_... */
} bal_reading;

/* Both release what the reading held before; zero it at first. */
void bal_read_bytes(bal_reading *r, const char *text, size_t n); /* named t.cir */
void bal_read_path(bal_reading *r, const char *path, const bal_read_options *options);

#endif
