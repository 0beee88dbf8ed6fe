/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Resistor: v_a - v_b = R i.
 *
 * A conductance, unless R is small against the impedances around it (a milliohm strap as 1000 S
 * beside 1e-13 S of imbalance costs four digits), zero, or a function of the frequency: then its
 * current is an unknown, and R = 0 is an exact link.
 */
#include "passive.h"

enum { P_AC = P_PASSIVE_COUNT, P_NOISY, P_NOISELESS };

static const bal_param_spec params[] = {
    [P_VALUE] = {"r", "ohm", BAL_P_FREQ, BAL_POSITIONAL | BAL_WARN_NEGATIVE, BAL_REQUIRED, -DBL_MAX,
                 DBL_MAX, "resistance; may be an expression of freq"},
    BAL_PASSIVE_PARAMS,
    [P_AC] = {"ac", "ohm", BAL_P_REAL, BAL_WARN_NEGATIVE, 0.0, -DBL_MAX, DBL_MAX,
              "resistance that counts instead of r: all that is solved is AC"},
    [P_NOISY] = {"noisy", "", BAL_P_REAL, 0, 1.0, 0.0, 1.0, "0: without thermal noise"},
    [P_NOISELESS] = {"noiseless", "", BAL_P_REAL, BAL_KEYWORD | BAL_BARE, 0.0, 0.0, 1.0,
                     "without thermal noise"},
};

static bool depends_on_frequency(const bal_device *dev)
{
    return dev->functions != NULL && dev->functions[P_VALUE] != NULL &&
           !bal_device_given(dev, P_AC);
}

static bal_dd factor(const bal_device *dev)
{
    return bal_passive_share(dev, bal_passive_factor(dev));
}

static bal_dd resistance(const bal_device *dev)
{
    const int index = bal_device_given(dev, P_AC) ? P_AC : P_VALUE;
    return bal_dd_mul(dev->values[index], factor(dev));
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

const bal_device_ops bal_element_resistor = {
    .letter = 'R',
    .name = "resistor",
    .usage = "Rname a b <ohm> [model] [tc1= tc2= temp= dtemp= scale= m= ac= tol= dist= match=]",
    .summary = "Resistance between a and b. 0 is an ideal link; a negative value is legal, with a "
               "warning.",
    .n_nodes = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .model_types = "r res",
    .branches = branches,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
    .current = current,
};
