/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linear source: a voltage v_a - v_b, or a current from a through the source to b, that is a sum of
 * terms, each a coefficient times a voltage or current elsewhere. B, and the forms of E, G, F, H
 * and A that are more than one gain, all become this. A current is stamped at once, unless a
 * coefficient varies with the frequency: then it is an unknown, so that it can be printed.
 */
#include <float.h>

#include "controlled.h"

enum { P_M, P_TC1, P_TC2, P_TEMP, P_DTEMP };

static const bal_param_spec params[] = {
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
    [P_TC1] = {"tc1", "1/K", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,
               "linear temperature coefficient of the value"},
    [P_TC2] = {"tc2", "1/K^2", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,
               "quadratic temperature coefficient of the value"},
    [P_TEMP] = {"temp", "degC", BAL_P_REAL, 0, 27.0, -273.15, DBL_MAX,
                "own temperature instead of the circuit's"},
    [P_DTEMP] = {"dtemp", "K", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,
                 "warmer than the circuit by this much (without temp=)"},
};

/* 1 + tc1 dT + tc2 dT^2, dT = T - 27 degrees Celsius */
static bal_dd warmth(const bal_device *dev)
{
    const bal_dd warmer = bal_dd_add(bal_dd_of(dev->temperature), dev->values[P_DTEMP]);
    const bal_dd t = bal_device_given(dev, P_TEMP) ? dev->values[P_TEMP] : warmer;
    const bal_dd dt = bal_dd_sub(t, bal_dd_of(27.0));
    const bal_dd slope = bal_dd_add(dev->values[P_TC1], bal_dd_mul(dev->values[P_TC2], dt));
    return bal_dd_add(bal_dd_of(1.0), bal_dd_mul(slope, dt));
}

static bool varies(const bal_device *dev)
{
    for (int k = 0; k < dev->n_terms; k++)
        if (dev->terms[k].varies)
            return true;
    return false;
}

/* row += by * (the terms that do not vary with the frequency). */
static void sum(const bal_device *dev, bal_stamper *st, int row, bal_dd by)
{
    for (int k = 0; k < dev->n_terms; k++) {
        const bal_term *term = &dev->terms[k];
        const bal_dd value = bal_dd_mul(term->coefficient, by);
        if (term->varies)
            continue;
        if (term->reads_current) {
            const bal_dd copies = bal_dd_of(dev->refs[term->a]->multiplicity);
            bal_stamp_g(st, row, BAL_REF(term->a, 0), bal_dd_div(value, copies));
        } else {
            bal_stamp_g(st, row, term->a, value);
            bal_stamp_g(st, row, term->b, bal_dd_neg(value));
        }
    }
}

/* row += by * (the terms that do), for stamp_at(); with `reserve` only their places, for stamp().
 */
static void blocks(const bal_device *dev, bal_stamper *st, int row, bal_dd by, bool reserve)
{
    for (int k = 0; k < dev->n_terms; k++) {
        const bal_term *term = &dev->terms[k];
        if (!term->varies)
            continue;
        bal_ddc value = bal_ddc_real(0.0);
        if (!reserve)
            value = bal_ddc_scale(bal_stamp_term_at(st, k), by);
        if (term->reads_current) {
            const bal_dd copies = bal_dd_of(dev->refs[term->a]->multiplicity);
            const bal_dd share = bal_dd_div(bal_dd_of(1.0), copies);
            bal_stamp_block(st, row, BAL_REF(term->a, 0), bal_ddc_scale(value, share));
        } else {
            bal_stamp_block(st, row, term->a, value);
            bal_stamp_block(st, row, term->b, bal_ddc_neg(value));
        }
    }
}

static void senses(const bal_device *dev, bal_ties *t)
{
    for (int k = 0; k < dev->n_terms; k++)
        if (!dev->terms[k].reads_current)
            bal_tie(t, BAL_TIE_SENSE, dev->terms[k].a, dev->terms[k].b);
}

static bal_dd factor(const bal_device *dev)
{
    const bal_dd warm = warmth(dev);
    return dev->forces_current ? bal_dd_scale(warm, dev->multiplicity) : warm;
}

static int branches(const bal_device *dev, const bal_sweep_range *range)
{
    (void)range;
    return dev->forces_current && !varies(dev) ? 0 : 1;
}

/* Controlled by its own voltage it is an admittance. */
static bool is_admittance(const bal_device *dev)
{
    const int *n = dev->nodes;
    for (int k = 0; k < dev->n_terms; k++) {
        const bal_term *term = &dev->terms[k];
        if (term->reads_current || (!term->varies && bal_dd_is_zero(term->coefficient)))
            continue;
        const int a = n[term->a];
        const int b = n[term->b];
        if ((a == n[0] && b == n[1]) || (a == n[1] && b == n[0]))
            return true;
    }
    return false;
}

static void ties(const bal_device *dev, bal_ties *t)
{
    bal_tie_kind kind = BAL_TIE_VOLTAGE;
    if (dev->forces_current)
        kind = is_admittance(dev) ? BAL_TIE_CONDUCTANCE : BAL_TIE_CURRENT;
    bal_tie(t, kind, 0, 1);
    senses(dev, t);
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const bal_dd plus = factor(dev);
    const bal_dd minus = bal_dd_neg(plus);
    if (bal_stamp_branch_count(st, -1) == 0) {
        sum(dev, st, 0, plus);
        sum(dev, st, 1, minus);
        return;
    }
    if (dev->forces_current) {
        bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(1.0));
        bal_stamp_g(st, 1, BAL_BRANCH(0), bal_dd_of(-1.0));
        bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_of(1.0));
    } else {
        bal_stamp_branch(st, 0, 1, 0);
    }
    sum(dev, st, BAL_BRANCH(0), minus);
    blocks(dev, st, BAL_BRANCH(0), minus, true);
}

static void stamp_at(const bal_device *dev, bal_stamper *st)
{
    blocks(dev, st, BAL_BRANCH(0), bal_dd_neg(factor(dev)), false);
}

static void current(const bal_device *dev, bal_stamper *st)
{
    if (bal_stamp_branch_count(st, -1) > 0)
        bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(1.0));
    else
        sum(dev, st, 0, factor(dev));
}

const bal_device_ops bal_element_behavioural = {
    .letter = 'B',
    .name = "linear source",
    .usage = "Bname a b V=<expression> | I=<expression> [m= tc1= tc2= temp= dtemp=]",
    .summary =
        "The voltage from a to b, or the current from a through the source to b, is the "
        "expression. It must be linear in voltages v(x), v(x,y) and currents i(V1); its "
        "coefficients may depend on freq and s. The same is what E, G, F and H are with POLY(n), "
        "VALUE, VOL, CUR, LAPLACE, FREQ or TABLE, or with a gain that holds freq. Without an "
        "operating point, corners (limit, "
        "table, if) count with their slope at 0, with a warning.",
    .n_nodes = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .aliases = "window= nfft= mtol=",
    .check = bal_check_sensed,
    .branches = branches,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
    .current = current,
};
