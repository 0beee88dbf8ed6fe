/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Independent voltage source: v_a - v_b - (Rser + Z0) i = E. A source of value 0 is an ammeter. Z0
 * is in circuit when the source is a port (portnum=), as in ngspice.
 */
#include "models.h"

#include <float.h>

enum { P_DC, P_AC, P_AC_PHASE, P_RSER, P_CPAR, P_PORTNUM, P_Z0, P_M, P_NOISE, P_FC, P_SPECTRUM };

static const bal_param_spec params[] = {
    [P_DC] = {"dc", "V", BAL_P_REAL, BAL_POSITIONAL | BAL_KEYWORD, 0.0, -DBL_MAX, DBL_MAX,
              "voltage at the operating point; no part of an AC analysis"},
    [P_AC] = {"ac", "V", BAL_P_REAL, BAL_KEYWORD | BAL_BARE, 0.0, -DBL_MAX, DBL_MAX,
              "RMS magnitude of the AC analysis; AC alone is AC 1"},
    [P_AC_PHASE] = {"acphase", "deg", BAL_P_REAL, BAL_FOLLOWS | BAL_KEYWORD, 0.0, -DBL_MAX, DBL_MAX,
                    "phase of the AC analysis"},
    [P_RSER] = {"rser", "ohm", BAL_P_REAL, BAL_WARN_NEGATIVE, 0.0, -DBL_MAX, DBL_MAX,
                "resistance in series"},
    [P_CPAR] = {"cpar", "F", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "capacitance across the terminals"},
    [P_PORTNUM] = {"portnum", "", BAL_P_REAL, BAL_KEYWORD, 0.0, 0.0, 1e6,
                   "number of the port that this source is"},
    [P_Z0] = {"z0", "ohm", BAL_P_REAL, BAL_KEYWORD | BAL_POSITIVE, 50.0, 0.0, DBL_MAX,
              "resistance of the port, in series"},
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
    [P_NOISE] = {"noise", "V/rtHz", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX,
                 "noise voltage of .noise, one-sided"},
    [P_FC] = {"fc", "Hz", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX,
              "corner of its 1/f part: noise^2 (1 + fc/f)"},
    [P_SPECTRUM] = {"spectrum", "", BAL_P_TEXT, 0, 0.0, 0.0, 0.0,
                    "name of the .spectrum whose lines this source drives in .hum"},
};

static bal_dd resistance(const bal_device *dev)
{
    bal_dd r = dev->values[P_RSER];
    if (bal_device_given(dev, P_PORTNUM))
        r = bal_dd_add(r, dev->values[P_Z0]);
    return bal_dd_div(r, bal_dd_of(dev->multiplicity));
}

static void ties(const bal_device *dev, bal_ties *t)
{
    const bool ideal = bal_dd_is_zero(resistance(dev));
    bal_tie(t, ideal ? BAL_TIE_VOLTAGE : BAL_TIE_CONDUCTANCE, 0, 1);
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const bal_dd r = resistance(dev);
    bal_stamp_branch(st, 0, 1, 0);
    if (!bal_dd_is_zero(r))
        bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(r));
    bal_stamp_source(st, BAL_BRANCH(0), bal_dd_of(1.0));
    if (!bal_dd_is_zero(dev->values[P_CPAR]))
        bal_stamp_admittance(st, 'c', 0, 1, bal_dd_scale(dev->values[P_CPAR], dev->multiplicity));
}

static void noise(const bal_device *dev, bal_noise *n)
{
    const double size = bal_dd_double(dev->values[P_NOISE]);
    const double corner = bal_dd_double(dev->values[P_FC]);
    if (size == 0.0)
        return;
    const double flicker = corner > 0.0 ? corner / bal_noise_frequency(n) : 0.0;
    bal_noise_voltage(n, BAL_BRANCH(0), size * size * (1.0 + flicker) / dev->multiplicity);
}

const bal_device_ops bal_element_vsource = {
    .letter = 'V',
    .name = "vsource",
    .usage =
        "Vname a b [[DC] <volt>] [AC [<magnitude> [<phase>]]] [rser=] [cpar=] [portnum= z0=] [m=] "
        "[noise= fc=] "
        "[spectrum=]",
    .summary = "Independent voltage source, positive at a. Its current flows from a through the "
               "source to b.",
    .n_nodes = 2,
    .n_branches = 1,
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
