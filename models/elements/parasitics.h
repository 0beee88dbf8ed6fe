/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MODELS_PARASITICS_H
#define BAL_MODELS_PARASITICS_H

/*
 * Rpar and Cpar of LTspice's C and L: across both terminals, beside the element's own branch. C and
 * L keep them at the same indices.
 */
#include "passive.h"

enum { P_RSER = P_PASSIVE_COUNT, P_RPAR, P_CPAR, P_PARASITIC_COUNT };

/* clang-format off */
#define BAL_PARASITIC_PARAMS                                                                       \
    [P_RSER] = {"rser", "ohm", BAL_P_REAL, BAL_WARN_NEGATIVE, 0.0, -DBL_MAX, DBL_MAX,              \
                "resistance in series"},                                                           \
    [P_RPAR] = {"rpar", "ohm", BAL_P_REAL, BAL_POSITIVE, (double)INFINITY, 0.0, (double)INFINITY,  \
                "resistance across the terminals"},                                                \
    [P_CPAR] = {"cpar", "F", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX,                                     \
                "capacitance across the terminals"}
/* clang-format on */

static inline bal_dd bal_parallel_conductance(const bal_device *dev)
{
    return bal_dd_div(bal_dd_of(dev->multiplicity), dev->values[P_RPAR]);
}

static inline bal_dd bal_parallel_capacitance(const bal_device *dev)
{
    return bal_dd_scale(dev->values[P_CPAR], dev->multiplicity);
}

static inline void bal_parallel_stamp(const bal_device *dev, bal_stamper *st)
{
    const bal_dd g = bal_parallel_conductance(dev);
    const bal_dd c = bal_parallel_capacitance(dev);
    if (!bal_dd_is_zero(g))
        bal_stamp_admittance(st, 'g', 0, 1, g);
    if (!bal_dd_is_zero(c))
        bal_stamp_admittance(st, 'c', 0, 1, c);
}

static inline void bal_parallel_ties(const bal_device *dev, bal_ties *t)
{
    if (!bal_dd_is_zero(bal_parallel_conductance(dev)))
        bal_tie(t, BAL_TIE_CONDUCTANCE, 0, 1);
    if (!bal_dd_is_zero(bal_parallel_capacitance(dev)))
        bal_tie(t, BAL_TIE_CAPACITANCE, 0, 1);
}

/* Thermal noise of rser, in the row of branch 0, and of rpar. */
static inline void bal_parasitic_noise(const bal_device *dev, bal_noise *n)
{
    const double r = bal_dd_double(bal_passive_share(dev, dev->values[P_RSER]));
    if (r != 0.0)
        bal_noise_voltage(n, BAL_BRANCH(0), bal_passive_4kt(dev) * fabs(r));
    const double g = bal_dd_double(bal_parallel_conductance(dev));
    if (g != 0.0)
        bal_noise_current(n, 0, 1, bal_passive_4kt(dev) * g);
}

/* The columns of the parallel currents, for current(). */
static inline void bal_parallel_current(const bal_device *dev, bal_stamper *st)
{
    const bal_dd g = bal_parallel_conductance(dev);
    const bal_dd c = bal_parallel_capacitance(dev);
    if (!bal_dd_is_zero(g)) {
        bal_stamp_g(st, 0, 0, g);
        bal_stamp_g(st, 0, 1, bal_dd_neg(g));
    }
    if (!bal_dd_is_zero(c)) {
        bal_stamp_c(st, 0, 0, c);
        bal_stamp_c(st, 0, 1, bal_dd_neg(c));
    }
}

#endif
