/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NETLIST_SCAN_H
#define BAL_NETLIST_SCAN_H

#include <stdbool.h>

#include "netlist.h"

/*
 * Tokens of one logical line at a time, into an array that is used again for the next line. Zero
 * it, set source, p and end (inside source->text), diag and token array; free `tokens` at the end.
 */
typedef struct bal_scanner {
    const bal_source *source;
    const char *p; /* where reading goes on: at a line feed or `end` after a card */
    const char *end;
    bal_diag *diag;
    bool hidden; /* the card began with "*>": only "*>+" continues it */
    bal_token *tokens;
    size_t n_tokens;
    size_t capacity;
    unsigned open; /* standing '(' not yet closed */
    bool faulty;   /* something was reported for this card */
} bal_scanner;

/* Reads from p, which is behind the line's leading blanks, to the end of the logical line.
 * BAL_E_DECK: reported, p is at the end of the logical line all the same. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_scan_card(bal_scanner *scanner);

/* Span of [begin, stop) inside the scanner's source. */
bal_span bal_scan_span(const bal_scanner *scanner, const char *begin, const char *stop);

#endif
