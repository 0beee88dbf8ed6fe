/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Current-controlled current source: i = gain * (current of the element named), from a through the
 * source to b. */
#include "controlled.h"

#include <float.h>

enum { P_SENSED, P_GAIN, P_M };

static const bal_param_spec params[] = {
    [P_SENSED] = {"element", "", BAL_P_ELEMENT, BAL_POSITIONAL, BAL_REQUIRED, 0.0, 0.0,
                  "the V, E, H or L whose current controls"},
    [P_GAIN] = {"gain", "", BAL_P_REAL, BAL_POSITIONAL, BAL_REQUIRED, -DBL_MAX, DBL_MAX,
                "current gain"},
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
};

static bal_dd gain(const bal_device *dev)
{
    return bal_dd_scale(bal_per_copy(dev, dev->values[P_GAIN]), dev->multiplicity);
}

static void ties(const bal_device *dev, bal_ties *t)
{
    (void)dev;
    bal_tie(t, BAL_TIE_CURRENT, 0, 1);
}

static void current(const bal_device *dev, bal_stamper *st)
{
    bal_stamp_g(st, 0, BAL_REF(0, 0), gain(dev));
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    current(dev, st);
    bal_stamp_g(st, 1, BAL_REF(0, 0), bal_dd_neg(gain(dev)));
}

const bal_device_ops bal_element_cccs = {
    .letter = 'F',
    .name = "cccs",
    .usage = "Fname a b <Vname> <gain> [m=]",
    .summary =
        "The current from a through the source to b is gain times the current through Vname.",
    .n_nodes = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .filler = "cccs",
    .check = bal_check_sensed,
    .ties = ties,
    .stamp = stamp,
    .current = current,
};
