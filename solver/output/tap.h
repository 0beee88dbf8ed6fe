/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_OUTPUT_TAP_H
#define BAL_OUTPUT_TAP_H

/* Claims as Test Anything Protocol, version 13 (prove of Debian 12 knows no later one). */
#include "bytes.h"

typedef enum bal_tap_verdict {
    BAL_TAP_OK,
    BAL_TAP_FAILED,
    BAL_TAP_UNDECIDED,
    BAL_TAP_NOT_RUN
} bal_tap_verdict;

typedef struct bal_tap_line {
    size_t number; /* from 1 */
    bal_tap_verdict verdict;
    const char *text;   /* the sentence */
    const char *detail; /* "-0.02 dB (limit 0.1 dB)"; "" if there is none */
    const char *source; /* "" if none is named */
    const char *file;   /* where the claim stands */
    unsigned line;
} bal_tap_line;

/*
 * "ok 3 - TEXT   DETAIL   SOURCE", or "not ok 3 - ..." followed by a YAML block with the reason and
 * the place. '#' and '\' are escaped, control bytes become blanks.
 */
void bal_tap_put(bal_bytes *bytes, const bal_tap_line *line);

#endif
