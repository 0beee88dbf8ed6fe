/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coefficients of linear sources: slope of the input times transfer function times curve. */
#include "term.h"

static double between(double a, double b, double share)
{
    return a + share * (b - a);
}

/* How far f lies from point i to the next one. */
static double share_of(const bal_curve *curve, int i, double f)
{
    const double *at = curve->frequency;
    if (at[i] > 0.0)
        return log(f / at[i]) / log(at[i + 1] / at[i]);
    return f / at[i + 1];
}

static double complex curve_value(const bal_curve *curve, double f)
{
    int i = 0;
    while (i + 2 < curve->n && f > curve->frequency[i + 1])
        i++;
    if (f < curve->frequency[0] || f > curve->frequency[curve->n - 1])
        return 0.0;
    const double share = curve->n > 1 && f > curve->frequency[i] ? share_of(curve, i, f) : 0.0;
    const int next = curve->n > 1 ? i + 1 : i;
    const double level = between(curve->decibel[i], curve->decibel[next], share);
    const double turn = between(curve->degree[i], curve->degree[next], share) / 360.0;
    const double modulus = pow(10.0, level / 20.0);
    const double angle = BAL_DD_2PI.hi * (turn - f * curve->delay);
    return bal_cplx(modulus * cos(angle), modulus * sin(angle));
}

bal_status bal_term_value(const bal_term *term, const bal_env *env, bal_ddc *out)
{
    bal_ddc value = bal_ddc_real(1.0);
    bal_ddc factor = value;
    bal_status status = BAL_OK;
    if (term->input && term->variable >= 0)
        status = bal_expr_derivative(term->input, env, term->variable, &factor, &value);
    else if (term->input)
        status = bal_expr_value(term->input, env, &value);
    if (status == BAL_OK && term->transfer) {
        status = bal_expr_value(term->transfer, env, &factor);
        value = bal_ddc_mul(value, factor);
    }
    if (status == BAL_OK && term->curve) {
        const double f = bal_dd_double(env->frequency);
        value = bal_ddc_mul(value, bal_ddc_from(curve_value(term->curve, f)));
    }
    if (status == BAL_OK)
        *out = value;
    return status;
}
