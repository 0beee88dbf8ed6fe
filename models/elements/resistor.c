/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Resistor: v_a - v_b = R i.
 *
 * A conductance, unless R is small against the impedances around it (a milliohm strap as 1000 S
 * beside 1e-13 S of imbalance costs four digits), zero, or a function of the frequency: then its
 * current is an unknown, and R = 0 is an exact link.
 */
#include "geometry.h"

enum { P_AC = P_PASSIVE_COUNT, P_NOISY, P_NOISELESS, P_TCE, P_RES, P_RSH, P_VMAX, P_L };

static const bal_param_spec params[] = {
    [P_VALUE] = {"r", "ohm", BAL_P_FREQ, BAL_POSITIONAL | BAL_WARN_NEGATIVE, BAL_REQUIRED, -DBL_MAX,
                 DBL_MAX, "resistance; may be an expression of freq"},
    BAL_PASSIVE_PARAMS,
    [P_AC] = {"ac", "ohm", BAL_P_REAL, BAL_WARN_NEGATIVE, 0.0, -DBL_MAX, DBL_MAX,
              "resistance that counts instead of r: all that is solved is AC"},
    [P_NOISY] = {"noisy", "", BAL_P_REAL, 0, 1.0, 0.0, 1.0, "0: without thermal noise"},
    [P_NOISELESS] = {"noiseless", "", BAL_P_REAL, BAL_KEYWORD | BAL_BARE, 0.0, 0.0, 1.0,
                     "without thermal noise"},
    [P_TCE] = {"tce", "%/K", BAL_P_REAL, 0, 0.0, -1e6, 1e6,
               "exponential temperature coefficient: factor 1.01^(tce dT) instead of tc1 and tc2"},
    [P_RES] = {"res", "ohm", BAL_P_REAL, BAL_WARN_NEGATIVE, 0.0, -DBL_MAX, DBL_MAX,
               "of a .model: resistance of parts that give none"},
    [P_RSH] = {"rsh", "ohm", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX,
               "of a .model: resistance of a square"},
    [P_VMAX] = BAL_VMAX_PARAM,
    BAL_GEOMETRY_PARAMS(P_L, 10e-6),
};

static bool depends_on_frequency(const bal_device *dev)
{
    return bal_passive_varies(dev) && !bal_device_given(dev, P_AC);
}

static bal_dd factor(const bal_device *dev)
{
    if (!bal_device_given(dev, P_TCE))
        return bal_passive_share(dev, bal_passive_factor(dev));
    const double exponent = bal_dd_double(bal_dd_mul(dev->values[P_TCE], bal_passive_warmth(dev)));
    const bal_dd warm = bal_dd_scale(dev->values[P_SCALE], pow(1.01, exponent));
    return bal_passive_share(dev, warm);
}

static bool is_sheet(const bal_device *dev)
{
    return dev->values[P_RSH].hi * dev->values[P_L].hi * dev->values[P_L + 1].hi > 0.0;
}

static bal_dd nominal(const bal_device *dev)
{
    if (bal_device_given(dev, P_AC))
        return dev->values[P_AC];
    if (bal_device_given(dev, P_VALUE))
        return dev->values[P_VALUE];
    if (!is_sheet(dev))
        return dev->values[P_RES];
    const bal_dd squares =
        bal_dd_div(bal_effective_length(dev, P_L, 2.0), bal_effective_width(dev, P_L, 2.0));
    return bal_dd_mul(dev->values[P_RSH], squares);
}

static bal_dd resistance(const bal_device *dev)
{
    return bal_dd_mul(nominal(dev), factor(dev));
}

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    const bool sheet = is_sheet(dev);
    if (bal_device_given(dev, P_VALUE) || (!sheet && bal_device_given(dev, P_RES)))
        return BAL_OK;
    if (!sheet)
        return bal_report(diag, BAL_D_ELEMENT_SYNTAX, dev->at,
                          "neither '%s' nor its model gives a resistance", BAL_SHOW(dev->name));
    if (bal_effective_length(dev, P_L, 2.0).hi >= 0.0 &&
        bal_effective_width(dev, P_L, 2.0).hi > 0.0)
        return BAL_OK;
    return bal_report(diag, BAL_D_PARAMETER_RANGE, dev->at,
                      "nothing is left of the length or the width of '%s' behind short and narrow",
                      BAL_SHOW(dev->name));
}

static int branches(const bal_device *dev, const bal_sweep_range *range)
{
    return depends_on_frequency(dev) || fabs(resistance(dev).hi) < range->r_branch ? 1 : 0;
}

static void ties(const bal_device *dev, bal_ties *t)
{
    const bool link = !depends_on_frequency(dev) && bal_dd_is_zero(resistance(dev));
    bal_tie(t, link ? BAL_TIE_VOLTAGE : BAL_TIE_CONDUCTANCE, 0, 1);
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    if (bal_stamp_branch_count(st, -1) == 0) {
        bal_stamp_admittance(st, 'g', 0, 1, bal_dd_div(bal_dd_of(1.0), resistance(dev)));
        return;
    }
    bal_stamp_branch(st, 0, 1, 0);
    if (depends_on_frequency(dev))
        bal_stamp_block(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_ddc_real(0.0));
    else
        bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(resistance(dev)));
}

static void stamp_at(const bal_device *dev, bal_stamper *st)
{
    if (!depends_on_frequency(dev))
        return;
    const bal_ddc r = bal_ddc_scale(bal_stamp_value_at(st, P_VALUE), factor(dev));
    bal_stamp_block(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_ddc_neg(r));
}

static void current(const bal_device *dev, bal_stamper *st)
{
    if (bal_stamp_branch_count(st, -1) > 0) {
        bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(1.0));
        return;
    }
    const bal_dd g = bal_dd_div(bal_dd_of(1.0), resistance(dev));
    bal_stamp_g(st, 0, 0, g);
    bal_stamp_g(st, 0, 1, bal_dd_neg(g));
}

/* Thermal noise of the resistance that counts; of a negative one, of its modulus. */
static void noise(const bal_device *dev, bal_noise *n)
{
    if (bal_dd_is_zero(dev->values[P_NOISY]) || !bal_dd_is_zero(dev->values[P_NOISELESS]))
        return;
    if (bal_noise_branch_count(n) == 0) {
        bal_noise_current(n, 0, 1, bal_passive_4kt(dev) / fabs(bal_dd_double(resistance(dev))));
        return;
    }
    bal_dd r = resistance(dev);
    if (depends_on_frequency(dev))
        r = bal_dd_mul(bal_noise_value_at(n, P_VALUE).re, factor(dev));
    bal_noise_voltage(n, BAL_BRANCH(0), bal_passive_4kt(dev) * fabs(bal_dd_double(r)));
}

const bal_device_ops bal_element_resistor = {
    .letter = 'R',
    .name = "resistor",
    .usage =
        "Rname a b <ohm> [model] [tc1= tc2= temp= dtemp= scale= m= ac= tol= dist= match= vmax=] | "
        "model l= [w=]",
    .summary = "Resistance between a and b. 0 is an ideal link; a negative value is legal, with a "
               "warning.",
    .n_nodes = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .model_types = "r res",
    .model_keys = "r=res defl=l defw=w dlr=short dw=narrow tc1r=tc1 tc2r=tc2 kf= af= ef= lf= "
                  "wf= bv_max= noise= level=",
    .aliases = "resistance=r pwr= mfg= pn=", /* LTspice notes the part */
    .check = check,
    .branches = branches,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
    .current = current,
    .noise = noise,
};
