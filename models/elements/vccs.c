/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voltage-controlled current source: i = gm (v_c - v_d), from a through the source to b. */
#include "models.h"

#include <float.h>

enum { P_GM, P_M };

static const bal_param_spec params[] = {
    [P_GM] = {"gm", "S", BAL_P_REAL, BAL_POSITIONAL, BAL_REQUIRED, -DBL_MAX, DBL_MAX,
              "transconductance"},
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
};

static bal_dd transconductance(const bal_device *dev)
{
    return bal_dd_scale(dev->values[P_GM], dev->multiplicity);
}

/* Controlled by its own voltage it is a conductance. */
static bool is_conductance(const bal_device *dev)
{
    const int *n = dev->nodes;
    const bool same = n[0] == n[2] && n[1] == n[3];
    const bool turned = n[0] == n[3] && n[1] == n[2];
    return (same || turned) && !bal_dd_is_zero(dev->values[P_GM]);
}

static void ties(const bal_device *dev, bal_ties *t)
{
    bal_tie(t, is_conductance(dev) ? BAL_TIE_CONDUCTANCE : BAL_TIE_CURRENT, 0, 1);
    bal_tie(t, BAL_TIE_SENSE, 2, 3);
}

static void current(const bal_device *dev, bal_stamper *st)
{
    const bal_dd gm = transconductance(dev);
    bal_stamp_g(st, 0, 2, gm);
    bal_stamp_g(st, 0, 3, bal_dd_neg(gm));
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const bal_dd gm = transconductance(dev);
    current(dev, st);
    bal_stamp_g(st, 1, 2, bal_dd_neg(gm));
    bal_stamp_g(st, 1, 3, gm);
}

const bal_device_ops bal_element_vccs = {
    .letter = 'G',
    .name = "vccs",
    .usage = "Gname a b c d <siemens> [m=]",
    .summary = "The current from a through the source to b is gm times the voltage from c to d.",
    .n_nodes = 4,
    .params = params,
    .n_params = BAL_COUNT(params),
    .filler = "vccs",
    .ties = ties,
    .stamp = stamp,
    .current = current,
};
