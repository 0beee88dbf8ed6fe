/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lossless line of two ports, (a, b) and (c, d), delay td and impedance z0:
 *     v1 - z0 i1 = t (v2 + z0 i2),   v2 - z0 i2 = t (v1 + z0 i1),   t = exp(-jw td),
 * currents into the line. Sum and difference of the two rows, times exp(jx)/2 with x = w td / 2:
 *     j sin x (v1 + v2) - z0 cos x (i1 + i2) = 0      (an open line: the shunt of its capacitance)
 *     cos x (v1 - v2) - j z0 sin x (i1 - i2) = 0      (a shorted one: its inductance)
 * Every coefficient is right to its last digit at every frequency: 1 - t, which a metre of cable at
 * 20 Hz makes 1e-7, is never formed by a subtraction. f = 0 and half waves need no special case.
 * The line says nothing about the voltage between its ends' references.
 */
#include "delay.h"
#include "models.h"

#include <float.h>

enum { P_Z0, P_TD, P_F, P_NL, P_M };

static const bal_param_spec params[] = {
    [P_Z0] = {"z0", "ohm", BAL_P_REAL, BAL_POSITIVE, BAL_REQUIRED, 0.0, DBL_MAX,
              "characteristic impedance"},
    [P_TD] = {"td", "s", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "delay, one way"},
    [P_F] = {"f", "Hz", BAL_P_REAL, BAL_POSITIVE, 1e9, 0.0, DBL_MAX,
             "instead of td: the frequency at which the line is nl wavelengths long"},
    [P_NL] = {"nl", "", BAL_P_REAL, 0, 0.25, 0.0, DBL_MAX, "length in wavelengths at f"},
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
};

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    if (bal_device_given(dev, P_TD) == bal_device_given(dev, P_F))
        return bal_report(diag, BAL_D_ELEMENT_SYNTAX, dev->at,
                          "the line '%s' needs either td= or f= [nl=], and not both",
                          BAL_SHOW(dev->name));
    return BAL_OK;
}

static bal_dd delay(const bal_device *dev)
{
    if (bal_device_given(dev, P_TD))
        return dev->values[P_TD];
    return bal_dd_div(dev->values[P_NL], dev->values[P_F]);
}

static void ties(const bal_device *dev, bal_ties *t)
{
    (void)dev;
    bal_tie(t, BAL_TIE_CONDUCTANCE, 0, 1);
    bal_tie(t, BAL_TIE_CONDUCTANCE, 2, 3);
}

/* Both rows at half the phase `x`. */
static void stamp_rows(const bal_device *dev, bal_stamper *st, bal_dd sine, bal_dd cosine)
{
    const bal_dd zero = bal_dd_of(0.0);
    const bal_dd z0 = bal_dd_div(dev->values[P_Z0], bal_dd_of(dev->multiplicity));
    const bal_ddc open = bal_ddc_of(zero, sine);
    const bal_ddc open_z = bal_ddc_of(bal_dd_neg(bal_dd_mul(z0, cosine)), zero);
    const bal_ddc shorted = bal_ddc_of(cosine, zero);
    const bal_ddc shorted_z = bal_ddc_of(zero, bal_dd_neg(bal_dd_mul(z0, sine)));
    for (int port = 0; port < 2; port++) {
        const int high = 2 * port;
        const int low = high + 1;
        const bal_ddc v = port == 0 ? shorted : bal_ddc_neg(shorted);
        const bal_ddc i = port == 0 ? shorted_z : bal_ddc_neg(shorted_z);
        bal_stamp_block(st, BAL_BRANCH(0), high, open);
        bal_stamp_block(st, BAL_BRANCH(0), low, bal_ddc_neg(open));
        bal_stamp_block(st, BAL_BRANCH(0), BAL_BRANCH(port), open_z);
        bal_stamp_block(st, BAL_BRANCH(1), high, v);
        bal_stamp_block(st, BAL_BRANCH(1), low, bal_ddc_neg(v));
        bal_stamp_block(st, BAL_BRANCH(1), BAL_BRANCH(port), i);
    }
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    for (int port = 0; port < 2; port++) {
        bal_stamp_g(st, 2 * port, BAL_BRANCH(port), bal_dd_of(1.0));
        bal_stamp_g(st, 2 * port + 1, BAL_BRANCH(port), bal_dd_of(-1.0));
    }
    stamp_rows(dev, st, bal_dd_of(0.0), bal_dd_of(1.0));
}

static void stamp_at(const bal_device *dev, bal_stamper *st)
{
    const bal_dd phase = bal_dd_mul(bal_stamp_omega(st), delay(dev));
    bal_dd sine;
    bal_dd cosine;
    bal_sine_cosine(bal_dd_scale(phase, 0.5), &sine, &cosine);
    stamp_rows(dev, st, sine, cosine);
}

const bal_device_ops bal_element_tline = {
    .letter = 'T',
    .name = "tline",
    .usage = "Tname a b c d z0=<ohm> td=<second> | z0=<ohm> f=<hertz> [nl=<wavelengths>] [m=]",
    .summary =
        "Lossless line from the port (a, b) to the port (c, d). It carries what flows between "
        "the two wires of a port; the two ends share no ground.",
    .n_nodes = 4,
    .n_branches = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .check = check,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
};
