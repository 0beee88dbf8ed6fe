/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_OUTPUT_OUTCOME_H
#define BAL_OUTPUT_OUTCOME_H

/* What is known when a run is over and was no part of its streams. */
#include "claim_line.h"

#include <stdbool.h>
#include <stddef.h>

/* A measure in one run. */
typedef struct bal_measure_row {
    const char *name;
    const char *unit;
    size_t run;
    bool is_complex;
    double re, im;       /* NaN when it failed */
    double frequency;    /* NaN: none to tell */
    const char *failure; /* "" if it has a value */
    const char *note;    /* "" without */
} bal_measure_row;

typedef struct bal_outcome {
    const char *title; /* of the deck */
    const bal_claim_line *claims;
    size_t n_claims;
    const bal_measure_row *measures; /* runs outermost */
    size_t n_measures;
} bal_outcome;

#endif
