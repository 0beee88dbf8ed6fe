/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_NEAREST_H
#define BAL_CLI_NEAREST_H

#include <stddef.h>

/* "Did you mean": start with the word, offer every candidate, read `best`. */
typedef struct bal_nearest_word {
    const char *word;
    size_t n;
    const char *best; /* NULL: nothing is within a third of the word's length */
    size_t distance;
} bal_nearest_word;

void bal_nearest_word_offer(bal_nearest_word *nearest, const char *candidate);

#endif
