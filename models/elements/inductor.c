/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inductor: v_a - v_b = (Rser + jwL) i, with Rpar and Cpar across it.
 *
 * The current is always an unknown: L = 0 is a legal short, f = 0 needs no special case, couplings
 * and current-controlled sources can refer to it.
 */
#include "inductor.h"

#include "parasitics.h"

enum { P_IC = P_PARASITIC_COUNT };

static const bal_param_spec params[] = {
    [P_VALUE] = {"l", "H", BAL_P_FREQ, BAL_POSITIONAL | BAL_WARN_NEGATIVE, BAL_REQUIRED, -DBL_MAX,
                 DBL_MAX, "inductance; may be an expression of freq"},
    BAL_PASSIVE_PARAMS,
    BAL_PARASITIC_PARAMS,
    [P_IC] = {"ic", "A", BAL_P_REAL, BAL_IGNORED, 0.0, -DBL_MAX, DBL_MAX,
              "initial current of a transient analysis"},
};

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    if (bal_device_given(dev, P_VALUE))
        return BAL_OK;
    return bal_report(diag, BAL_D_ELEMENT_SYNTAX, dev->at,
                      "neither '%s' nor its model gives an inductance (ind=)", BAL_SHOW(dev->name));
}

bal_dd bal_inductance(const bal_device *inductor)
{
    const bal_dd one = bal_dd_mul(inductor->values[P_VALUE], bal_passive_factor(inductor));
    return bal_passive_share(inductor, one);
}

static void ties(const bal_device *dev, bal_ties *t)
{
    bal_tie_kind kind = BAL_TIE_INDUCTANCE;
    if (!bal_dd_is_zero(dev->values[P_RSER]))
        kind = BAL_TIE_CONDUCTANCE;
    else if (!bal_passive_varies(dev) && bal_dd_is_zero(bal_inductance(dev)))
        kind = BAL_TIE_VOLTAGE;
    bal_tie(t, kind, 0, 1);
    bal_parallel_ties(dev, t);
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const bal_dd r = bal_passive_share(dev, dev->values[P_RSER]);
    bal_stamp_branch(st, 0, 1, 0);
    if (bal_passive_varies(dev))
        bal_stamp_block(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_ddc_real(0.0));
    else
        bal_stamp_c(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(bal_inductance(dev)));
    if (!bal_dd_is_zero(r))
        bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(r));
    bal_parallel_stamp(dev, st);
}

static void stamp_at(const bal_device *dev, bal_stamper *st)
{
    if (!bal_passive_varies(dev))
        return;
    const bal_dd factor = bal_passive_share(dev, bal_passive_factor(dev));
    const bal_ddc l = bal_ddc_scale(bal_stamp_value_at(st, P_VALUE), factor);
    const bal_ddc s = bal_ddc_of(bal_dd_of(0.0), bal_stamp_omega(st));
    bal_stamp_block(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_ddc_neg(bal_ddc_mul(s, l)));
}

static void current(const bal_device *dev, bal_stamper *st)
{
    bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(1.0));
    bal_parallel_current(dev, st);
}

const bal_device_ops bal_element_inductor = {
    .letter = 'L',
    .name = "inductor",
    .usage = "Lname a b <henry> [model] [tc1= tc2= temp= dtemp= scale= m= rser= rpar= cpar= tol= "
             "dist= match=]",
    .summary =
        "Inductance between a and b; rser in series with it, rpar and cpar across both. 0 is "
        "an ideal link. The dot of a coupling is at a.",
    .n_nodes = 2,
    .n_branches = 1,
    .params = params,
    .n_params = BAL_COUNT(params),
    .model_types = "l ind",
    .model_keys = "ind=l inductance=l level=",
    .aliases = "inductance=l ipk= mfg= pn= type=", /* LTspice notes the part */
    .check = check,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
    .current = current,
    .noise = bal_parasitic_noise,
};
