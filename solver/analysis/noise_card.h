/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_NOISE_CARD_H
#define BAL_ANALYSIS_NOISE_CARD_H

/* .noise as a duty: the density at every point, its sums over a band at the end of a run. */
#include "engine.h"

enum {
    BAL_NOISE_OUT,   /* V, RMS at the output over the band */
    BAL_NOISE_IN,    /* V, RMS referred to the source */
    BAL_NOISE_OUT_A, /* both A-weighted */
    BAL_NOISE_IN_A,
    BAL_NOISE_SUMS
};
enum {
    BAL_NOISE_ONOISE_TOTAL,
    BAL_NOISE_INOISE_TOTAL,
    BAL_NOISE_OUT_DBU,
    BAL_NOISE_OUT_DBU_A,
    BAL_NOISE_EIN_DBU,
    BAL_NOISE_EIN_DBU_A,
    BAL_NOISE_NF,
    BAL_NOISE_SCALARS
};

typedef struct bal_noise_card {
    bal_text name;
    bal_span at;
    int response, adjoint, gain; /* gain: vector, from the source to the output */
    int onoise, inoise;          /* vectors */
    double from, to;             /* hertz */
    int scalars[BAL_NOISE_SCALARS];
    const bool *of_source;       /* by device: rs= names it; NULL without */
    double *density;             /* by device, V^2/Hz at the point; owned, as is the next */
    double *power;               /* by device, V^2 over the band */
    double sums[BAL_NOISE_SUMS]; /* V^2 */
} bal_noise_card;

extern const bal_duty_ops bal_noise_duty;

/* noise_report.c: who contributes, sorted. */
BAL_NODISCARD bal_status bal_noise_report(void *state, bal_study *s, bal_sink *table);

#endif
