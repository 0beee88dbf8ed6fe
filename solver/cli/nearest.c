/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levenshtein's distance with one row; only short words are compared. */
#include "nearest.h"

#include <string.h>

enum { LONGEST = 32 };

static size_t least(size_t a, size_t b, size_t c)
{
    const size_t d = a < b ? a : b;
    return d < c ? d : c;
}

static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t row[LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            const size_t change = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            row[j] = least(change, row[j] + 1, row[j - 1] + 1);
        }
    }
    return row[m];
}

void bal_nearest_word_offer(bal_nearest_word *nearest, const char *candidate)
{
    const size_t m = strlen(candidate);
    if (m > LONGEST || nearest->n > LONGEST)
        return;
    const size_t d = distance(nearest->word, nearest->n, candidate, m);
    const size_t allowed = (nearest->n + 2) / 3 > 2 ? (nearest->n + 2) / 3 : 2;
    if (d > allowed || d >= m || (nearest->best != NULL && d >= nearest->distance))
        return;
    nearest->best = candidate;
    nearest->distance = d;
}
