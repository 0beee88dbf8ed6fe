/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Capacitor: i = jwC v.
 *
 * An admittance, unless its impedance falls below the branch limit inside the sweep (a coupling
 * capacitor of 100 uF at 20 kHz is 80 milliohm): then the current is an unknown, with the row jwC v
 * - i = 0, which is right at f = 0 too. With Rser or Lser the voltage of the pure capacitance is a
 * second unknown: v - (Rser + jwLser) i - vc = 0,    i - jwC vc = 0. With RLshunt across Lser its
 * voltage is the third: v - Rser i - vl - vc = 0,    (1 + jwLser/RLshunt) vl - jwLser i = 0.
 */
#include "geometry.h"
#include "parasitics.h"

enum { P_LSER = P_PARASITIC_COUNT, P_RLSHUNT, P_IC, P_CJ, P_CJSW, P_DI, P_THICK, P_L };

#define BAL_EPSILON_0 8.854187817e-12 /* F/m, the value in ngspice */

static const bal_param_spec params[] = {
    [P_VALUE] = {"c", "F", BAL_P_FREQ, BAL_POSITIONAL | BAL_WARN_NEGATIVE, BAL_REQUIRED, -DBL_MAX,
                 DBL_MAX, "capacitance; may be an expression of freq"},
    BAL_PASSIVE_PARAMS,
    BAL_PARASITIC_PARAMS,
    [P_LSER] = {"lser", "H", BAL_P_REAL, BAL_WARN_NEGATIVE, 0.0, -DBL_MAX, DBL_MAX,
                "inductance in series"},
    [P_RLSHUNT] = {"rlshunt", "ohm", BAL_P_REAL, BAL_POSITIVE, (double)INFINITY, 0.0,
                   (double)INFINITY, "resistance across lser"},
    [P_IC] = {"ic", "V", BAL_P_REAL, BAL_IGNORED, 0.0, -DBL_MAX, DBL_MAX,
              "initial voltage of a transient analysis"},
    [P_CJ] = {"cj", "F/m^2", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "of a .model: of the area"},
    [P_CJSW] = {"cjsw", "F/m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "of a .model: of the edges"},
    [P_DI] = {"di", "", BAL_P_REAL, 0, 3.9, 0.0, DBL_MAX,
              "of a .model: relative permittivity, instead of cj"},
    [P_THICK] = {"thick", "m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX,
                 "of a .model: thickness, instead of cj"},
    BAL_GEOMETRY_PARAMS(P_L, 0.0),
};

static bal_dd nominal(const bal_device *dev)
{
    if (bal_device_given(dev, P_VALUE))
        return dev->values[P_VALUE];
    const bal_dd l = bal_effective_length(dev, P_L, 1.0);
    const bal_dd w = bal_effective_width(dev, P_L, 1.0);
    bal_dd cj = dev->values[P_CJ];
    if (!bal_device_given(dev, P_CJ) && dev->values[P_THICK].hi > 0.0)
        cj = bal_dd_div(bal_dd_scale(dev->values[P_DI], BAL_EPSILON_0), dev->values[P_THICK]);
    const bal_dd edge = bal_dd_mul(dev->values[P_CJSW], bal_dd_scale(bal_dd_add(l, w), 2.0));
    return bal_dd_add(bal_dd_mul(cj, bal_dd_mul(l, w)), edge);
}

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    if (bal_device_given(dev, P_VALUE) || nominal(dev).hi > 0.0)
        return BAL_OK;
    return bal_report(diag, BAL_D_ELEMENT_SYNTAX, dev->at,
                      "neither '%s' nor its model gives a capacitance", BAL_SHOW(dev->name));
}

/* What the nominal value is to be multiplied with. */
static bal_dd factor(const bal_device *dev)
{
    return bal_dd_scale(bal_passive_factor(dev), dev->multiplicity);
}

static bal_dd capacitance(const bal_device *dev)
{
    return bal_dd_mul(nominal(dev), factor(dev));
}

static bool has_series(const bal_device *dev)
{
    return !bal_dd_is_zero(dev->values[P_RSER]) || !bal_dd_is_zero(dev->values[P_LSER]);
}

static bool has_shunt(const bal_device *dev)
{
    return !bal_dd_is_zero(dev->values[P_LSER]) && isfinite(dev->values[P_RLSHUNT].hi);
}

static int branches(const bal_device *dev, const bal_sweep_range *range)
{
    if (has_series(dev))
        return has_shunt(dev) ? 3 : 2;
    if (bal_passive_varies(dev))
        return 1;
    return range->r_branch * range->omega_max * fabs(capacitance(dev).hi) > 1.0 ? 1 : 0;
}

static void ties(const bal_device *dev, bal_ties *t)
{
    const bool open = !bal_passive_varies(dev) && bal_dd_is_zero(capacitance(dev));
    bal_tie(t, open ? BAL_TIE_SENSE : BAL_TIE_CAPACITANCE, 0, 1);
    bal_parallel_ties(dev, t);
}

/* Both terminals' current is branch 0. */
static void stamp_incidence(bal_stamper *st)
{
    bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(1.0));
    bal_stamp_g(st, 1, BAL_BRANCH(0), bal_dd_of(-1.0));
}

/* The entries of an admittance y that is a function of the frequency, with n branches. */
static void stamp_varying(bal_stamper *st, int n, bal_ddc y)
{
    if (n > 1) {
        bal_stamp_block(st, BAL_BRANCH(1), BAL_BRANCH(1), bal_ddc_neg(y));
        return;
    }
    bal_stamp_block(st, BAL_BRANCH(0), 0, y);
    bal_stamp_block(st, BAL_BRANCH(0), 1, bal_ddc_neg(y));
}

static void stamp_at(const bal_device *dev, bal_stamper *st)
{
    if (!bal_passive_varies(dev))
        return;
    const bal_ddc c = bal_ddc_scale(bal_stamp_value_at(st, P_VALUE), factor(dev));
    const bal_ddc s = bal_ddc_of(bal_dd_of(0.0), bal_stamp_omega(st));
    stamp_varying(st, bal_stamp_branch_count(st, -1), bal_ddc_mul(s, c));
}

static void stamp_low_impedance(const bal_device *dev, bal_stamper *st)
{
    const bal_dd c = capacitance(dev);
    stamp_incidence(st);
    bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_of(-1.0));
    if (bal_passive_varies(dev)) {
        stamp_varying(st, 1, bal_ddc_real(0.0));
        return;
    }
    bal_stamp_c(st, BAL_BRANCH(0), 0, c);
    bal_stamp_c(st, BAL_BRANCH(0), 1, bal_dd_neg(c));
}

static void stamp_shunt(const bal_device *dev, bal_stamper *st, bal_dd l)
{
    const bal_dd r = bal_passive_share(dev, dev->values[P_RLSHUNT]);
    bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(2), bal_dd_of(-1.0));
    bal_stamp_g(st, BAL_BRANCH(2), BAL_BRANCH(2), bal_dd_of(1.0));
    bal_stamp_c(st, BAL_BRANCH(2), BAL_BRANCH(2), bal_dd_div(l, r));
    bal_stamp_c(st, BAL_BRANCH(2), BAL_BRANCH(0), bal_dd_neg(l));
}

static void stamp_series(const bal_device *dev, bal_stamper *st)
{
    const bal_dd r = bal_passive_share(dev, dev->values[P_RSER]);
    const bal_dd l = bal_passive_share(dev, dev->values[P_LSER]);
    bal_stamp_branch(st, 0, 1, 0);
    bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(r));
    if (has_shunt(dev))
        stamp_shunt(dev, st, l);
    else
        bal_stamp_c(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(l));
    bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(1), bal_dd_of(-1.0));
    bal_stamp_g(st, BAL_BRANCH(1), BAL_BRANCH(0), bal_dd_of(1.0));
    if (bal_passive_varies(dev))
        stamp_varying(st, 2, bal_ddc_real(0.0));
    else
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

/* That of RLshunt is a current 4kT/R beside vl: jwLser times it in the row of branch 2. */
static void noise(const bal_device *dev, bal_noise *n)
{
    bal_parasitic_noise(dev, n);
    if (!has_series(dev) || !has_shunt(dev))
        return;
    const double r = bal_dd_double(bal_passive_share(dev, dev->values[P_RLSHUNT]));
    const double x = BAL_DD_2PI.hi * bal_noise_frequency(n) *
                     bal_dd_double(bal_passive_share(dev, dev->values[P_LSER]));
    bal_noise_voltage(n, BAL_BRANCH(2), bal_passive_4kt(dev) / r * x * x);
}

const bal_device_ops bal_element_capacitor = {
    .letter = 'C',
    .name = "capacitor",
    .usage =
        "Cname a b <farad> [model] [tc1= tc2= temp= dtemp= scale= m= rser= lser= rlshunt= rpar= "
        "cpar= "
        "tol= dist= match=] | model l= [w=]",
    .summary = "Capacitance between a and b; rser and lser in series with it, rpar and cpar across "
               "both, rlshunt across lser. 0 is legal.",
    .n_nodes = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .model_types = "c cap",
    .model_keys = "cap=c capacitance=c defw=w del= bv_max= kf= af= level=",
    .aliases = "cap=c capacitance=c v= irms= mfg= pn= type=", /* LTspice notes the part */
    .check = check,
    .branches = branches,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
    .current = current,
    .noise = noise,
};
