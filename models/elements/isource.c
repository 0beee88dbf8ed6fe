/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Independent current source: its current flows from a through the source to b. */
#include "models.h"

#include <float.h>

enum { P_DC, P_AC, P_AC_PHASE, P_RSER, P_M, P_NOISE, P_FC, P_SPECTRUM };

static const bal_param_spec params[] = {
    [P_DC] = {"dc", "A", BAL_P_REAL, BAL_POSITIONAL | BAL_KEYWORD, 0.0, -DBL_MAX, DBL_MAX,
              "current at the operating point; no part of an AC analysis"},
    [P_AC] = {"ac", "A", BAL_P_REAL, BAL_KEYWORD | BAL_BARE, 0.0, -DBL_MAX, DBL_MAX,
              "RMS magnitude of the AC analysis; AC alone is AC 1"},
    [P_AC_PHASE] = {"acphase", "deg", BAL_P_REAL, BAL_FOLLOWS | BAL_KEYWORD, 0.0, -DBL_MAX, DBL_MAX,
                    "phase of the AC analysis"},
    [P_RSER] = {"rser", "ohm", BAL_P_REAL, BAL_IGNORED, 0.0, -DBL_MAX, DBL_MAX,
                "resistance in series: without effect"},
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
    [P_NOISE] = {"noise", "A/rtHz", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX,
                 "noise current of .noise, one-sided"},
    [P_FC] = {"fc", "Hz", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX,
              "corner of its 1/f part: noise^2 (1 + fc/f)"},
    [P_SPECTRUM] = {"spectrum", "", BAL_P_TEXT, 0, 0.0, 0.0, 0.0,
                    "name of the .spectrum whose lines this source drives in .hum"},
};

static void ties(const bal_device *dev, bal_ties *t)
{
    (void)dev;
    bal_tie(t, BAL_TIE_CURRENT, 0, 1);
}

/* What leaves node a through the source is known: it goes to the right-hand side. */
static void stamp(const bal_device *dev, bal_stamper *st)
{
    bal_stamp_source(st, 0, bal_dd_of(-dev->multiplicity));
    bal_stamp_source(st, 1, bal_dd_of(dev->multiplicity));
}

static void noise(const bal_device *dev, bal_noise *n)
{
    const double size = bal_dd_double(dev->values[P_NOISE]);
    const double corner = bal_dd_double(dev->values[P_FC]);
    if (size == 0.0)
        return;
    const double flicker = corner > 0.0 ? corner / bal_noise_frequency(n) : 0.0;
    bal_noise_current(n, 0, 1, size * size * (1.0 + flicker) * dev->multiplicity);
}

const bal_device_ops bal_element_isource = {
    .letter = 'I',
    .name = "isource",
    .usage = "Iname a b [[DC] <ampere>] [AC [<magnitude> [<phase>]]] [m=] [noise= fc=] "
             "[spectrum=]",
    .summary = "Independent current source: the current flows from a through the source to b.",
    .n_nodes = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .ignored_calls = "tran sin sine pulse exp pwl sffm am trnoise trrandom",
    .call_keys = BAL_TRANSIENT_KEYS,
    .aliases = "acmag=ac",
    .is_source = true,
    .ac_magnitude = P_AC,
    .ac_phase = P_AC_PHASE,
    .ties = ties,
    .stamp = stamp,
    .noise = noise,
};
