/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_ROUNDING_H
#define BAL_ANALYSIS_ROUNDING_H

/* Where rounding took most of the vectors that have a bound. */
#include "engine.h"

typedef struct bal_rounding {
    double bound; /* dB, the largest met; see bal_vector */
    double size;  /* modulus shown there */
    double frequency;
} bal_rounding;

/* One for each vector, nothing met; owned by the caller. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_rounding_create(const bal_study *study, bal_rounding **out);
/* Of the vectors that are known at the engine's point. */
BAL_NODISCARD bal_status bal_rounding_point(bal_rounding list[], bal_engine *engine);
/* A warning for each vector that lost more than its last digits. BAL_E_DECK when warnings are
 * errors. */
bal_status bal_rounding_report(const bal_rounding list[], bal_study *study);

#endif
