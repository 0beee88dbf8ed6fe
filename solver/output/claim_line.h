/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_OUTPUT_CLAIM_LINE_H
#define BAL_OUTPUT_CLAIM_LINE_H

/* A claim and what it came to, in words. No text is NULL. */
typedef enum bal_line_verdict {
    BAL_LINE_HOLDS,
    BAL_LINE_FAILS,
    BAL_LINE_UNDECIDED,
    BAL_LINE_NOT_RUN
} bal_line_verdict;

typedef struct bal_claim_line {
    bal_line_verdict verdict;
    const char *text;   /* the sentence */
    const char *detail; /* "-0.02 dB (limit 0.1 dB)"; "" if there is none */
    const char *source; /* "" if none is named */
    const char *breaks; /* "R3=11k"; "" if there is none */
    const char *file;   /* where the claim stands */
    unsigned line;
} bal_claim_line;

/* "holds", "fails", "undecided", "not run". */
const char *bal_line_verdict_text(bal_line_verdict verdict);

#endif
