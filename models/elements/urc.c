/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Uniform distributed RC line, URC: the line that its lumps approximate, c being the wire of the
 * capacitance. */
#include "lossy.h"

#include <float.h>

enum { P_MODEL, P_LEN, P_N, P_RPERL, P_CPERL, P_ISPERL, P_M };

static const bal_param_spec params[] = {
    [P_MODEL] = {"model", "", BAL_P_MODEL, BAL_POSITIONAL, BAL_REQUIRED, 0.0, 0.0,
                 "a .model of type urc"},
    [P_LEN] = {"len", "m", BAL_P_REAL, BAL_POSITIVE, BAL_REQUIRED, 0.0, DBL_MAX, "length"},
    [P_N] = {"n", "", BAL_P_REAL, BAL_IGNORED, 0.0, 0.0, DBL_MAX,
             "number of lumps of others: without effect, this line is exact"},
    [P_RPERL] = {"rperl", "ohm/m", BAL_P_REAL, 0, 1000.0, 0.0, DBL_MAX, "resistance per length"},
    [P_CPERL] = {"cperl", "F/m", BAL_P_REAL, 0, 1e-15, 0.0, DBL_MAX, "capacitance per length"},
    [P_ISPERL] = {"isperl", "A/m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX,
                  "diodes along the line: not linear, must be 0"},
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
};

static bal_lossy line_of(const bal_device *dev)
{
    const double len = bal_dd_double(dev->values[P_LEN]);
    return (bal_lossy){.r = bal_dd_double(dev->values[P_RPERL]) * len,
                       .c = bal_dd_double(dev->values[P_CPERL]) * len,
                       .high = {0, 1},
                       .low = {2, 2}};
}

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    if (dev->values[P_ISPERL].hi > 0.0)
        return bal_report(diag, BAL_D_NONLINEAR_ELEMENT, dev->at,
                          "'%s' has diodes along its length (isperl=): it is not linear",
                          BAL_SHOW(dev->name));
    if (bal_device_given(dev, P_LEN))
        return BAL_OK;
    return bal_report(diag, BAL_D_ELEMENT_SYNTAX, dev->at, "'%s' needs its length: l=<metre>",
                      BAL_SHOW(dev->name));
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

static void doubt(const bal_device *dev, bal_doubt *d)
{
    const bal_lossy line = line_of(dev);
    bal_lossy_doubt(&line, d);
}

const bal_device_ops bal_element_urc = {
    .letter = 'U',
    .name = "uniform RC line",
    .usage = "Uname a b c MODEL l=<metre> [m=]",
    .summary =
        "Line of resistance rperl from a to b and capacitance cperl to c, both per length, of "
        "a .model of type urc.",
    .n_nodes = 3,
    .n_branches = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .model_types = "urc",
    .aliases = "l=len",
    .model_keys = "k= fmax= rsperl= level=",
    .check = check,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
    .current = bal_lossy_current,
    .noise = noise,
    .doubt = doubt,
};
