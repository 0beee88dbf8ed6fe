/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds of modulus, phase and level. A null has the level minus infinity, which is no fault here.
 */
#include "rules.h"

static bal_bounded moduli(const bal_call *c, const bal_bounded *x)
{
    return c->is_complex ? *x : bal_bounded_modulus(*x);
}

static bal_ddc finite_or(bal_ddc value, double instead)
{
    return bal_ddc_is_finite(value) ? value : bal_ddc_real(instead);
}

const char *bal_bound_abs(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    const bal_bounded m = moduli(call, x);
    const bool finite = bal_ddc_is_finite(x[0].value);
    const bal_dd value = finite ? bal_ddc_modulus(x[0].value) : bal_dd_of(HUGE_VAL);
    const double v = bal_dd_double(value);
    *y = x[0].radius == 0.0 && finite ? bal_bounded_real(value, v, v)
                                      : bal_bounded_real(value, m.low, m.high);
    return NULL;
}

static double level(double modulus)
{
    return modulus > 0.0 ? 20.0 * log10(modulus) : -HUGE_VAL;
}

static const char *levels(const bal_call *c, const bal_bounded x[], double reference,
                          bal_bounded *y)
{
    const bal_bounded m = moduli(c, x);
    const bal_call call = {c->rule, &x[0].value, 1, c->is_complex};
    bal_ddc value = bal_ddc_real(bal_ddc_is_zero(x[0].value) ? -HUGE_VAL : HUGE_VAL);
    if (bal_ddc_is_finite(x[0].value))
        (void)c->rule->value(&call, &value);
    const double slack = 1e-14; /* dB: the logarithm's own error */
    const double low = level(m.low) - reference;
    const double high = level(m.high) - reference;
    *y = bal_bounded_real(value.re, low - slack, high + slack);
    return NULL;
}

const char *bal_bound_db(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    return levels(call, x, 0.0, y);
}

const char *bal_bound_dbu(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    return levels(call, x, 10.0 * log10(0.6), y);
}

/* The angle of a disc: asin(r / |z|) either way, any angle where it holds 0 or meets the cut. */
static bal_bounded angle(bal_ddc z, double radius, double turn)
{
    const double complex centre = bal_ddc_double(finite_or(z, 1.0));
    /* + 0.0: a part of -0 would turn half a turn into minus half a turn */
    const double v =
        carg(bal_cplx(creal(centre), cimag(centre) + 0.0)) / (2.0 * 3.14159265358979323846) * turn;
    const double m = cabs(centre);
    const double slack = 1e-15 * turn;
    if (radius == 0.0 && m > 0.0)
        return bal_bounded_real(bal_dd_of(v), v - slack, v + slack);
    const double half = 0.5 * turn;
    double swing = half;
    if (radius < m)
        swing = asin(radius / m) / (2.0 * 3.14159265358979323846) * turn + slack;
    if (swing >= half || fabs(v) + swing > half)
        return bal_bounded_real(bal_dd_of(v), -half, half);
    return bal_bounded_real(bal_dd_of(v), v - swing, v + swing);
}

const char *bal_bound_ph(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    double radius = x[0].radius;
    if (!call->is_complex && (x[0].low > 0.0 || x[0].high < 0.0))
        radius = 0.0; /* a real of one sign has one phase */
    *y = angle(x[0].value, radius, 360.0);
    return NULL;
}

const char *bal_bound_atan2(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    (void)call;
    const bal_ddc point = bal_ddc_of(x[1].value.re, x[0].value.re);
    *y = angle(point, hypot(x[0].radius, x[1].radius), 2.0 * 3.14159265358979323846);
    return NULL;
}

static bal_bounded part(bal_dd value, const bal_bounded *x)
{
    const double v = bal_dd_double(value);
    if (x->radius == 0.0 && isfinite(v))
        return bal_bounded_real(value, v, v);
    return bal_bounded_real(value, fmax(v - x->radius, -x->high), fmin(v + x->radius, x->high));
}

const char *bal_bound_re(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    *y = call->is_complex ? part(x[0].value.re, x) : x[0];
    return NULL;
}

const char *bal_bound_im(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    *y = call->is_complex ? part(x[0].value.im, x) : bal_bounded_real(bal_dd_of(0.0), 0.0, 0.0);
    return NULL;
}

const char *bal_bound_conj(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    (void)call;
    *y = x[0];
    y->value = bal_ddc_conj(x[0].value);
    return NULL;
}

const char *bal_bound_hypot(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    const bal_bounded a = bal_bounded_modulus(x[0]);
    const bal_bounded b = bal_bounded_modulus(x[1]);
    const bal_ddc point = bal_ddc_of(x[0].value.re, x[1].value.re);
    const bal_dd value = bal_ddc_is_finite(point) ? bal_ddc_modulus(point) : bal_dd_of(HUGE_VAL);
    if (!bal_bounded_exact(call, x, bal_ddc_dd(value), y))
        *y = bal_bounded_real(value, hypot(a.low, b.low), hypot(a.high, b.high));
    return NULL;
}
