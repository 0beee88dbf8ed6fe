/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MODELS_BEHAVIOURAL_H
#define BAL_MODELS_BEHAVIOURAL_H

/*
 * What the two linear sources share: a sum of terms, each a coefficient times a voltage or current
 * elsewhere. All of B and the forms of E, G, F, H and A that are more than one gain become these.
 */
#include <float.h>

#include "models.h"

enum { P_M, P_TC1, P_TC2, P_TEMP, P_DTEMP, P_BEHAVIOURAL_COUNT };

/* clang-format off */
#define BAL_BEHAVIOURAL_PARAMS                                                                     \
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},       \
    [P_TC1] = {"tc1", "1/K", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,                                \
               "linear temperature coefficient of the value"},                                     \
    [P_TC2] = {"tc2", "1/K^2", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,                              \
               "quadratic temperature coefficient of the value"},                                  \
    [P_TEMP] = {"temp", "degC", BAL_P_REAL, 0, 27.0, -273.15, DBL_MAX,                             \
                "own temperature instead of the circuit's"},                                       \
    [P_DTEMP] = {"dtemp", "K", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,                              \
                 "warmer than the circuit by this much (without temp=)"}
/* clang-format on */

/* 1 + tc1 dT + tc2 dT^2, dT = T - 27 degrees Celsius */
static inline bal_dd bal_behavioural_factor(const bal_device *dev)
{
    const bal_dd warmer = bal_dd_add(bal_dd_of(dev->temperature), dev->values[P_DTEMP]);
    const bal_dd t = bal_device_given(dev, P_TEMP) ? dev->values[P_TEMP] : warmer;
    const bal_dd dt = bal_dd_sub(t, bal_dd_of(27.0));
    const bal_dd slope = bal_dd_add(dev->values[P_TC1], bal_dd_mul(dev->values[P_TC2], dt));
    return bal_dd_add(bal_dd_of(1.0), bal_dd_mul(slope, dt));
}

static inline bool bal_behavioural_varies(const bal_device *dev)
{
    for (int k = 0; k < dev->n_terms; k++)
        if (dev->terms[k].varies)
            return true;
    return false;
}

/* row += factor times the sum of the terms. With blocks: every entry is one, also in stamp(), where
 * only their places count. */
static inline void bal_behavioural_sum(const bal_device *dev, bal_stamper *st, int row,
                                       bal_dd factor)
{
    for (int k = 0; k < dev->n_terms; k++) {
        const bal_term *term = &dev->terms[k];
        const bal_dd value = bal_dd_mul(term->coefficient, factor);
        if (term->varies)
            continue;
        if (term->reads_current) {
            const bal_dd copies = bal_dd_of(dev->refs[term->a]->multiplicity);
            bal_stamp_g(st, row, BAL_REF(term->a, 0), bal_dd_div(value, copies));
        } else {
            bal_stamp_g(st, row, term->a, value);
            bal_stamp_g(st, row, term->b, bal_dd_neg(value));
        }
    }
}

/* The same for the terms that vary, for stamp_at(); with `reserve`, for stamp(). */
static inline void bal_behavioural_blocks(const bal_device *dev, bal_stamper *st, int row,
                                          bal_dd factor, bool reserve)
{
    for (int k = 0; k < dev->n_terms; k++) {
        const bal_term *term = &dev->terms[k];
        if (!term->varies)
            continue;
        bal_ddc value = bal_ddc_real(0.0);
        if (!reserve)
            value = bal_ddc_scale(bal_stamp_term_at(st, k), factor);
        if (term->reads_current) {
            const bal_dd copies = bal_dd_of(dev->refs[term->a]->multiplicity);
            const bal_dd share = bal_dd_div(bal_dd_of(1.0), copies);
            bal_stamp_block(st, row, BAL_REF(term->a, 0), bal_ddc_scale(value, share));
        } else {
            bal_stamp_block(st, row, term->a, value);
            bal_stamp_block(st, row, term->b, bal_ddc_neg(value));
        }
    }
}

static inline void bal_behavioural_senses(const bal_device *dev, bal_ties *t)
{
    for (int k = 0; k < dev->n_terms; k++)
        if (!dev->terms[k].reads_current)
            bal_tie(t, BAL_TIE_SENSE, dev->terms[k].a, dev->terms[k].b);
}

#endif
