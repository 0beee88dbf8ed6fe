/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voltage-controlled voltage source: v_a - v_b = gain (v_c - v_d). */
#include "models.h"

#include <float.h>

enum { P_GAIN, P_M, P_VMAX };

static const bal_param_spec params[] = {
    [P_GAIN] = {"gain", "", BAL_P_REAL, BAL_POSITIONAL, BAL_REQUIRED, -DBL_MAX, DBL_MAX,
                "voltage gain"},
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
    [P_VMAX] = BAL_VMAX_PARAM,
};

static void ties(const bal_device *dev, bal_ties *t)
{
    (void)dev;
    bal_tie(t, BAL_TIE_VOLTAGE, 0, 1);
    bal_tie(t, BAL_TIE_SENSE, 2, 3);
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const bal_dd gain = dev->values[P_GAIN];
    bal_stamp_branch(st, 0, 1, 0);
    bal_stamp_g(st, BAL_BRANCH(0), 2, bal_dd_neg(gain));
    bal_stamp_g(st, BAL_BRANCH(0), 3, gain);
}

const bal_device_ops bal_element_vcvs = {
    .letter = 'E',
    .name = "vcvs",
    .usage = "Ename a b c d <gain> [m= vmax=]",
    .summary = "The voltage from a to b is gain times the voltage from c to d.",
    .n_nodes = 4,
    .n_branches = 1,
    .params = params,
    .n_params = BAL_COUNT(params),
    .filler = "vcvs",
    .ties = ties,
    .stamp = stamp,
};
