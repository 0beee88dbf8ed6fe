/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_OUTPUT_OUTCOME_H
#define BAL_OUTPUT_OUTCOME_H

/* What is known when a run is over and was no part of its streams. */
#include "claim_line.h"

#include <stddef.h>

typedef struct bal_outcome {
    const char *title; /* of the deck */
    const bal_claim_line *claims;
    size_t n_claims;
} bal_outcome;

#endif
