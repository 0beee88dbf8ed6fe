/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_BASE_SOURCE_H
#define BAL_BASE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

typedef struct bal_source bal_source;

/* A range of bytes of one file, end exclusive. source = NULL: no place (a command-line option). */
typedef struct bal_span {
    const bal_source *source;
    uint32_t begin;
    uint32_t end;
} bal_span;

/* One file as read, converted to UTF-8, never changed afterwards. */
struct bal_source {
    const char *name; /* path as shown in messages */
    const char *text; /* `length` bytes and a NUL */
    uint32_t length;
    bal_span included_at; /* the file name on the .include card; source = NULL at the top */
};

typedef struct bal_place {
    unsigned line;   /* from 1 */
    unsigned column; /* from 1, in characters (UTF-8 code points) */
} bal_place;

bal_text bal_span_text(bal_span span); /* empty when there is no source */
bal_place bal_span_place(bal_span span);
/* Of one source: from first.begin to last.end. */
bal_span bal_span_join(bal_span first, bal_span last);

/* The line feed at p (or end) closes a physical line. If the next line that is neither blank nor a
 * comment continues the card ('+', or "*>+" hidden from other simulators), returns what stands
 * behind that mark, else NULL. *hidden (may be NULL) tells which mark it was. The one rule of
 * continuation: the tokenizer and the expression compiler both ask here. */
const char *bal_line_continues(const char *p, const char *end, bool *hidden);

/* Does a comment begin at p, given that p is a line start or stands behind a blank? ';', "//", and
 * '$' before a blank ($N_0001 is a node). A '*' is one at a line start only and not meant here. */
bool bal_is_comment(const char *p, const char *end);

/* Blank, tab, form feed, vertical tab, or (two bytes) a no-break space; its bytes, 0 for no blank.
 */
size_t bal_blank_length(const char *p, const char *end);

#endif
