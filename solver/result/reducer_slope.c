/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * derivf: central differences over ever smaller steps, extrapolated to step 0 (Ridders, Advances in
 * Engineering Software 4 (1982) 75; the error is even in the step). The estimate is taken that
 * moved least, the rounding of its difference counted in: a step that is too long for a sharp
 * resonance or too short for the digits does no harm.
 */
#include <float.h>
#include <math.h>

#include "reducer.h"

enum { STEPS = 14 };

typedef struct ladder {
    double row[STEPS]; /* the newest row of the extrapolation table */
    int n;
    double best, error;
} ladder;

/* Adds the difference quotient of half the step before. */
static void extrapolate(ladder *l, double quotient, double rounding)
{
    double above = l->row[0];
    double factor = 1.0;
    l->row[0] = quotient;
    for (int k = 1; k <= l->n; k++) {
        factor *= 4.0;
        const double old = l->row[k];
        l->row[k] = l->row[k - 1] + (l->row[k - 1] - above) / (factor - 1.0);
        const double change = fmax(fabs(l->row[k] - l->row[k - 1]), fabs(l->row[k] - above));
        above = old;
        if (change + rounding < l->error) {
            l->error = change + rounding;
            l->best = l->row[k];
        }
    }
    l->n++;
}

bal_status bal_finish_derivative(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                                 const char **reason)
{
    const double f = r->scalar[0];
    ladder l = {.error = (double)INFINITY, .best = (double)NAN};
    if (!(f > 0.0)) {
        *reason = "a derivative needs a frequency > 0";
        return BAL_OK;
    }
    double step = f * 0x1p-4;
    for (int k = 0; k < STEPS; k++, step *= 0.5) {
        const double at[2] = {f - step, f + step};
        bal_bounded x[2];
        bal_status status = bal_reduce_at(r, env, at[0], &x[0]);
        if (status == BAL_OK)
            status = bal_reduce_at(r, env, at[1], &x[1]);
        if (status != BAL_OK)
            return status;
        const bal_dd rise = bal_dd_sub(x[1].value.re, x[0].value.re);
        const double size = fmax(fabs(x[0].value.re.hi), fabs(x[1].value.re.hi));
        extrapolate(&l, bal_dd_double(rise) / (at[1] - at[0]), DBL_EPSILON * size / step);
    }
    r->where = f;
    *out = bal_bounded_of(bal_ddc_real(l.best), true);
    return isfinite(l.best) ? BAL_OK : BAL_E_NUMERIC;
}
