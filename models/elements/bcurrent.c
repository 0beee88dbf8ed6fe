/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linear current source: the current from a through the source to b is the sum of coefficient *
 * (voltage or current elsewhere). It is stamped at once, unless a coefficient varies with the
 * frequency: then it is an unknown, so that it can be printed.
 */
#include "behavioural.h"
#include "controlled.h"

static const bal_param_spec params[] = {BAL_BEHAVIOURAL_PARAMS};

static bal_dd factor(const bal_device *dev)
{
    return bal_dd_scale(bal_behavioural_factor(dev), dev->multiplicity);
}

static int branches(const bal_device *dev, const bal_sweep_range *range)
{
    (void)range;
    return bal_behavioural_varies(dev) ? 1 : 0;
}

/* Controlled by its own voltage it is an admittance. */
static bool is_admittance(const bal_device *dev)
{
    const int *n = dev->nodes;
    for (int k = 0; k < dev->n_terms; k++) {
        const bal_term *term = &dev->terms[k];
        if (term->reads_current || (!term->varies && bal_dd_is_zero(term->coefficient)))
            continue;
        const int a = n[term->a];
        const int b = n[term->b];
        if ((a == n[0] && b == n[1]) || (a == n[1] && b == n[0]))
            return true;
    }
    return false;
}

static void ties(const bal_device *dev, bal_ties *t)
{
    bal_tie(t, is_admittance(dev) ? BAL_TIE_CONDUCTANCE : BAL_TIE_CURRENT, 0, 1);
    bal_behavioural_senses(dev, t);
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const bal_dd plus = factor(dev);
    const bal_dd minus = bal_dd_neg(plus);
    if (bal_stamp_branch_count(st, -1) == 0) {
        bal_behavioural_sum(dev, st, 0, plus);
        bal_behavioural_sum(dev, st, 1, minus);
        return;
    }
    bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(1.0));
    bal_stamp_g(st, 1, BAL_BRANCH(0), bal_dd_of(-1.0));
    bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_of(1.0));
    bal_behavioural_sum(dev, st, BAL_BRANCH(0), minus);
    bal_behavioural_blocks(dev, st, BAL_BRANCH(0), minus, true);
}

static void stamp_at(const bal_device *dev, bal_stamper *st)
{
    bal_behavioural_blocks(dev, st, BAL_BRANCH(0), bal_dd_neg(factor(dev)), false);
}

static void current(const bal_device *dev, bal_stamper *st)
{
    if (bal_stamp_branch_count(st, -1) > 0)
        bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(1.0));
    else
        bal_behavioural_sum(dev, st, 0, factor(dev));
}

const bal_device_ops bal_element_bcurrent = {
    .letter = 'B',
    .name = "linear current source",
    .usage = "Bname a b I=<expression of v(), i() and freq> [m= tc1= tc2= temp= dtemp=]",
    .summary = "The current from a through the source to b is the expression, which must be linear "
               "in voltages v(x), v(x,y) and currents i(V1). Also what G and F are with POLY, "
               "VALUE, CUR, LAPLACE, FREQ or TABLE.",
    .n_nodes = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .aliases = "window= nfft= mtol=",
    .check = bal_check_sensed,
    .branches = branches,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
    .current = current,
};
