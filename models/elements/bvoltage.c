/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear voltage source: v_a - v_b = sum of coefficient * (voltage or current elsewhere). */
#include "behavioural.h"
#include "controlled.h"

static const bal_param_spec params[] = {BAL_BEHAVIOURAL_PARAMS};

static void ties(const bal_device *dev, bal_ties *t)
{
    bal_tie(t, BAL_TIE_VOLTAGE, 0, 1);
    bal_behavioural_senses(dev, t);
}

static bal_dd minus_factor(const bal_device *dev)
{
    return bal_dd_neg(bal_behavioural_factor(dev));
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    bal_stamp_branch(st, 0, 1, 0);
    bal_behavioural_sum(dev, st, BAL_BRANCH(0), minus_factor(dev));
    bal_behavioural_blocks(dev, st, BAL_BRANCH(0), minus_factor(dev), true);
}

static void stamp_at(const bal_device *dev, bal_stamper *st)
{
    bal_behavioural_blocks(dev, st, BAL_BRANCH(0), minus_factor(dev), false);
}

const bal_device_ops bal_element_bvoltage = {
    .letter = 'B',
    .name = "linear voltage source",
    .usage = "Bname a b V=<expression of v(), i() and freq> [m= tc1= tc2= temp= dtemp=]",
    .summary = "The voltage from a to b is the expression, which must be linear in voltages v(x), "
               "v(x,y) and currents i(V1). Also what E and H are with POLY, VALUE, VOL, LAPLACE, "
               "FREQ or TABLE.",
    .n_nodes = 2,
    .n_branches = 1,
    .params = params,
    .n_params = BAL_COUNT(params),
    .aliases = "window= nfft= mtol=",
    .check = bal_check_sensed,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
};
