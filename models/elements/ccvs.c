/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Current-controlled voltage source: v_a - v_b = r * (current of the element named). */
#include "controlled.h"

#include <float.h>

enum { P_SENSED, P_R, P_M };

static const bal_param_spec params[] = {
    [P_SENSED] = {"element", "", BAL_P_ELEMENT, BAL_POSITIONAL, BAL_REQUIRED, 0.0, 0.0,
                  "the V, E, H or L whose current controls"},
    [P_R] = {"r", "ohm", BAL_P_REAL, BAL_POSITIONAL, BAL_REQUIRED, -DBL_MAX, DBL_MAX,
             "transresistance"},
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
};

static void ties(const bal_device *dev, bal_ties *t)
{
    (void)dev;
    bal_tie(t, BAL_TIE_VOLTAGE, 0, 1);
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const bal_dd r = bal_per_copy(dev, dev->values[P_R]);
    bal_stamp_branch(st, 0, 1, 0);
    bal_stamp_g(st, BAL_BRANCH(0), BAL_REF(0, 0), bal_dd_neg(r));
}

const bal_device_ops bal_element_ccvs = {
    .letter = 'H',
    .name = "ccvs",
    .usage = "Hname a b <Vname> <ohm> [m=]",
    .summary = "The voltage from a to b is r times the current through Vname.",
    .n_nodes = 2,
    .n_branches = 1,
    .params = params,
    .n_params = BAL_COUNT(params),
    .filler = "ccvs",
    .check = bal_check_sensed,
    .ties = ties,
    .stamp = stamp,
};
