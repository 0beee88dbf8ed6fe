/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Capacitor: i = jwC v.
 *
 * An admittance, unless its impedance falls below the branch limit inside the sweep (a coupling
 * capacitor of 100 uF at 20 kHz is 80 milliohm): then the current is an unknown, with the row jwC v
 * - i = 0, which is right at f = 0 too. With Rser or Lser the voltage of the pure capacitance is a
 * second unknown: v - (Rser + jwLser) i - vc = 0,    i - jwC vc = 0.
 */
#include "parasitics.h"

enum { P_LSER = P_PARASITIC_COUNT, P_IC };

static const bal_param_spec params[] = {
    [P_VALUE] = {"c", "F", BAL_P_REAL, BAL_POSITIONAL | BAL_WARN_NEGATIVE, BAL_REQUIRED, -DBL_MAX,
                 DBL_MAX, "capacitance"},
    BAL_PASSIVE_PARAMS,
    BAL_PARASITIC_PARAMS,
    [P_LSER] = {"lser", "H", BAL_P_REAL, BAL_WARN_NEGATIVE, 0.0, -DBL_MAX, DBL_MAX,
                "inductance in series"},
    [P_IC] = {"ic", "V", BAL_P_REAL, BAL_IGNORED, 0.0, -DBL_MAX, DBL_MAX,
              "initial voltage of a transient analysis"},
};

static bal_dd capacitance(const bal_device *dev)
{
    const bal_dd one = bal_dd_mul(dev->values[P_VALUE], bal_passive_factor(dev));
    return bal_dd_scale(one, dev->multiplicity);
}

static bool has_series(const bal_device *dev)
{
    return !bal_dd_is_zero(dev->values[P_RSER]) || !bal_dd_is_zero(dev->values[P_LSER]);
}

static int branches(const bal_device *dev, const bal_sweep_range *range)
{
    if (has_series(dev))
        return 2;
    return range->r_branch * range->omega_max * fabs(capacitance(dev).hi) > 1.0 ? 1 : 0;
}

static void ties(const bal_device *dev, bal_ties *t)
{
    const bool open = bal_dd_is_zero(capacitance(dev));
    bal_tie(t, open ? BAL_TIE_SENSE : BAL_TIE_CAPACITANCE, 0, 1);
    bal_parallel_ties(dev, t);
}

/* Both terminals' current is branch 0. */
static void stamp_incidence(bal_stamper *st)
{
    bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(1.0));
    bal_stamp_g(st, 1, BAL_BRANCH(0), bal_dd_of(-1.0));
}

static void stamp_low_impedance(const bal_device *dev, bal_stamper *st)
{
    const bal_dd c = capacitance(dev);
    stamp_incidence(st);
    bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_of(-1.0));
    bal_stamp_c(st, BAL_BRANCH(0), 0, c);
    bal_stamp_c(st, BAL_BRANCH(0), 1, bal_dd_neg(c));
}

static void stamp_series(const bal_device *dev, bal_stamper *st)
{
    const bal_dd r = bal_passive_share(dev, dev->values[P_RSER]);
    const bal_dd l = bal_passive_share(dev, dev->values[P_LSER]);
    bal_stamp_branch(st, 0, 1, 0);
    bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(r));
    bal_stamp_c(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(l));
    bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(1), bal_dd_of(-1.0));
    bal_stamp_g(st, BAL_BRANCH(1), BAL_BRANCH(0), bal_dd_of(1.0));
    bal_stamp_c(st, BAL_BRANCH(1), BAL_BRANCH(1), bal_dd_neg(capacitance(dev)));
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const int n = bal_stamp_branch_count(st, -1);
    if (n == 0)
        bal_stamp_admittance(st, 'c', 0, 1, capacitance(dev));
    else if (n == 1)
        stamp_low_impedance(dev, st);
    else
        stamp_series(dev, st);
    bal_parallel_stamp(dev, st);
}

static void current(const bal_device *dev, bal_stamper *st)
{
    if (bal_stamp_branch_count(st, -1) > 0) {
        bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(1.0));
    } else {
        bal_stamp_c(st, 0, 0, capacitance(dev));
        bal_stamp_c(st, 0, 1, bal_dd_neg(capacitance(dev)));
    }
    bal_parallel_current(dev, st);
}

const bal_device_ops bal_element_capacitor = {
    .letter = 'C',
    .name = "capacitor",
    .usage = "Cname a b <farad> [model] [tc1= tc2= temp= dtemp= scale= m= rser= lser= rpar= cpar= "
             "tol= dist= match=]",
    .summary = "Capacitance between a and b; rser and lser in series with it, rpar and cpar across "
               "both. 0 is legal.",
    .n_nodes = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .model_types = "c cap",
    .branches = branches,
    .ties = ties,
    .stamp = stamp,
    .current = current,
};
