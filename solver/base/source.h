/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_BASE_SOURCE_H
#define BAL_BASE_SOURCE_H

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

#endif
