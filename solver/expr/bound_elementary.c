/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bounds of the C library's functions. Real: by monotony between the ends. Complex: exp and ln by
 * closed bounds of their power series, the others by the largest slope on the disc, which a
 * holomorphic function takes on the rim; the rim is sampled and the result doubled. Where the slope
 * varies much over the disc a pole is near and nothing is claimed.
 */
#include "rules.h"

#define LIBRARY 0x1p-49 /* relative error of the C library's functions, generous */

/* The value at the centre; infinite at a pole. */
static bal_ddc centre(const bal_call *c, const bal_bounded *x)
{
    bal_ddc y = bal_ddc_real((double)NAN);
    const bal_call call = {c->rule, &x->value, 1, c->is_complex};
    if (!bal_ddc_is_finite(x->value))
        return bal_ddc_real(c->is_complex ? (double)NAN : c->rule->real(x->value.re.hi));
    (void)c->rule->value(&call, &y);
    return y;
}

static bal_bounded with_library(bal_dd value, double low, double high)
{
    return bal_bounded_real(value, low - LIBRARY * fabs(low), high + LIBRARY * fabs(high));
}

static double clamped(const bal_rule *rule, double x)
{
    return fmin(fmax(x, rule->low), rule->high);
}

static bool outside(const bal_rule *rule, const bal_bounded *x)
{
    return x->value.re.hi < rule->low || x->value.re.hi > rule->high;
}

/* |f'| <= 1 and |f''| <= 1 */
static bal_bounded wave(const bal_call *c, const bal_bounded *x, bal_dd value)
{
    if (!isfinite(x->radius) || !bal_dd_is_finite(value))
        return bal_bounded_real(bal_dd_is_finite(value) ? value : bal_dd_of(0.0), -1.0, 1.0);
    const double v = bal_dd_double(value);
    const double slope = fabs(creal(c->rule->slope(bal_ddc_double(x->value), bal_cplx(v, 0.0))));
    const double radius = x->radius * fmin(1.0, slope + x->radius) + LIBRARY;
    return bal_bounded_real(value, fmax(v - radius, -1.0), fmin(v + radius, 1.0));
}

static const char *bound_real(const bal_call *c, const bal_bounded *x, bal_bounded *y)
{
    const bal_rule *rule = c->rule;
    if (outside(rule, x))
        return rule->domain;
    const bal_dd value = centre(c, x).re;
    const double a = rule->real(clamped(rule, x->low));
    const double b = rule->real(clamped(rule, x->high));
    switch (rule->shape) {
    case BAL_SHAPE_UP:
        *y = with_library(value, a, b);
        break;
    case BAL_SHAPE_DOWN:
        *y = with_library(value, b, a);
        break;
    case BAL_SHAPE_EVEN: {
        const bal_bounded m = bal_bounded_modulus(*x);
        *y = with_library(value, rule->real(m.low), rule->real(m.high));
        break;
    }
    case BAL_SHAPE_WAVE:
        *y = wave(c, x, value);
        break;
    }
    return NULL;
}

enum { RIM = 16 };

/* The largest |f'| seen on the rim; *spread is the ratio of the largest to that at the centre. */
static double largest_slope(const bal_rule *rule, double complex z, double radius, double *spread)
{
    const double middle = cabs(rule->slope(z, rule->cplx(z)));
    double largest = middle;
    for (int i = 0; i < RIM; i++) {
        const double angle = 2.0 * 3.14159265358979323846 * i / RIM;
        const double complex p = z + radius * cexp(bal_cplx(0.0, angle));
        largest = fmax(largest, cabs(rule->slope(p, rule->cplx(p))));
    }
    *spread = middle > 0.0 ? largest / middle : HUGE_VAL;
    return largest;
}

static const char *bound_disc(const bal_call *c, const bal_bounded *x, bal_bounded *y)
{
    const bal_ddc value = centre(c, x);
    const double complex z = bal_ddc_double(x->value);
    double spread = 1.0;
    double radius = HUGE_VAL;
    if (isfinite(x->radius) && bal_ddc_is_finite(value)) {
        const double slope = x->radius > 0.0 ? largest_slope(c->rule, z, x->radius, &spread) : 0.0;
        radius = 2.0 * slope * x->radius + LIBRARY * bal_ddc_abs(value);
    }
    const bool close = spread < 4.0 || x->radius < 0.01;
    *y = bal_bounded_disc(value, close ? radius : HUGE_VAL, 0.0, HUGE_VAL);
    return NULL;
}

const char *bal_bound_elementary(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    return call->is_complex ? bound_disc(call, x, y) : bound_real(call, x, y);
}

/* |exp(z + d) - exp(z)| <= |exp z| (exp r - 1) */
const char *bal_bound_exp(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    if (!call->is_complex)
        return bound_real(call, x, y);
    const bal_ddc value = centre(call, x);
    const double m = bal_ddc_abs(value);
    *y = bal_bounded_disc(value, m * (expm1(x[0].radius) + LIBRARY), 0.0, HUGE_VAL);
    return NULL;
}

/* |ln(1 + d/z)| <= -ln(1 - r/|z|); a disc that meets the cut may be a turn off. */
static const char *bound_log(const bal_call *call, const bal_bounded x[], double scale,
                             bal_bounded *y)
{
    if (!call->is_complex)
        return bound_real(call, x, y);
    const double m = bal_ddc_abs(x[0].value);
    const double r = x[0].radius;
    const bool cut = bal_dd_double(x[0].value.re) < 0.0 && fabs(bal_dd_double(x[0].value.im)) <= r;
    bal_ddc value = centre(call, x);
    if (m == 0.0)
        value = bal_ddc_real(-HUGE_VAL);
    double radius = r < m ? -log1p(-r / m) : HUGE_VAL;
    if (cut)
        radius += 2.0 * 3.14159265358979323846;
    *y = bal_bounded_disc(value, radius * scale + LIBRARY * (1.0 + bal_ddc_abs(value)), 0.0,
                          HUGE_VAL);
    return NULL;
}

const char *bal_bound_ln(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    return bound_log(call, x, 1.0, y);
}

const char *bal_bound_log10(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    return bound_log(call, x, 0.43429448190325182765, y);
}

/* Monotone between its poles. */
const char *bal_bound_tan(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    if (call->is_complex)
        return bound_disc(call, x, y);
    const double pi = 3.14159265358979323846;
    const double branch = floor(x[0].low / pi + 0.5);
    const bool one_branch = isfinite(x[0].radius) && branch == floor(x[0].high / pi + 0.5);
    if (one_branch)
        return bound_real(call, x, y);
    *y = bal_bounded_real(centre(call, x).re, -HUGE_VAL, HUGE_VAL);
    return NULL;
}
