/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single lossy line, TXL, whose AC model ngspice lacks: read as the line that it stands for. */
#include "lossy.h"

#include <float.h>

enum { P_MODEL, P_R, P_L, P_G, P_C, P_LEN, P_M };

static const bal_param_spec params[] = {
    [P_MODEL] = {"model", "", BAL_P_MODEL, BAL_POSITIONAL, BAL_REQUIRED, 0.0, 0.0,
                 "a .model of type txl, which gives the others"},
    [P_R] = {"r", "ohm/m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "resistance per length"},
    [P_L] = {"l", "H/m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "inductance per length"},
    [P_G] = {"g", "S/m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "conductance per length"},
    [P_C] = {"c", "F/m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "capacitance per length"},
    [P_LEN] = {"len", "m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "length"},
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
};

static bal_lossy line_of(const bal_device *dev)
{
    const double len = bal_dd_double(dev->values[P_LEN]);
    return (bal_lossy){bal_dd_double(dev->values[P_R]) * len,
                       bal_dd_double(dev->values[P_L]) * len,
                       bal_dd_double(dev->values[P_G]) * len,
                       bal_dd_double(dev->values[P_C]) * len,
                       {0, 2},
                       {1, 3}};
}

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    if (bal_device_given(dev, P_LEN))
        return BAL_OK;
    return bal_report(diag, BAL_D_ELEMENT_SYNTAX, dev->at,
                      "neither '%s' nor its model gives a length (length=)", BAL_SHOW(dev->name));
}

static void ties(const bal_device *dev, bal_ties *t)
{
    const bal_lossy line = line_of(dev);
    bal_lossy_ties(dev, &line, t);
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const bal_lossy line = line_of(dev);
    bal_lossy_stamp(dev, &line, st);
}

static void stamp_at(const bal_device *dev, bal_stamper *st)
{
    const bal_lossy line = line_of(dev);
    bal_lossy_stamp_at(&line, st);
}

static void noise(const bal_device *dev, bal_noise *out)
{
    const bal_lossy line = line_of(dev);
    bal_lossy_noise(dev, &line, out);
}

const bal_device_ops bal_element_txl = {
    .letter = 'Y',
    .name = "single lossy line",
    .usage = "Yname a b c d MODEL [len=<metre>] [m=]",
    .summary = "Line with losses from the port (a, b) to the port (c, d), with the r, l, g, c and "
               "len of a .model of type txl; any of them may be 0. The two ends share no ground.",
    .n_nodes = 4,
    .n_branches = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .model_types = "txl",
    .aliases = "length=len",
    .model_keys = "length=len level=",
    .check = check,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
    .current = bal_lossy_current,
    .noise = noise,
};
