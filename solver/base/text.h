/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_BASE_TEXT_H
#define BAL_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A slice of text that somebody else owns; not NUL-terminated. Names compare without regard to the
 * case of ASCII letters, as everywhere in SPICE. */
typedef struct bal_text {
    const char *p;
    size_t n; /* bytes */
} bal_text;

bal_text bal_text_of(const char *nul_terminated);
bool bal_text_same(bal_text a, bal_text b);               /* ASCII case-insensitive */
bool bal_text_is(bal_text a, const char *nul_terminated); /* the same, against a literal */
bool bal_text_starts(bal_text a, const char *prefix);     /* case-insensitive */
/* Is `name` one of the identifiers in it? Case-insensitive. */
bool bal_text_mentions(bal_text text, bal_text name);
unsigned bal_text_hash(bal_text a); /* the same for names that are the same */
char bal_lower(char c);             /* ASCII only, locale-free */

/* Bytes (1 to 4) of the UTF-8 character at p[0..n), n > 0; 0 where there is no well-formed one. */
size_t bal_utf8_length(const char *p, size_t n);

/* Nearest known name for "did you mean": offer every candidate, then ask. */
typedef struct bal_nearest {
    bal_text word;
    bal_text best;
    size_t distance; /* edits; larger than a third of the word is no suggestion */
} bal_nearest;

void bal_nearest_init(bal_nearest *nearest, bal_text word);
void bal_nearest_offer(bal_nearest *nearest, bal_text candidate);
/* The best candidate, or an empty text (n = 0) when none is near enough. */
bal_text bal_nearest_get(const bal_nearest *nearest);

#endif
