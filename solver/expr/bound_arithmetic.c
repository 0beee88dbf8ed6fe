/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bounds of + - * / and powers. Exact arguments (radius 0) give exact results: what double-double
 * rounds is beyond any comparison. Products of an end 0 with an infinite end count as 0, since the
 * infinity is not attained.
 */
#include "rules.h"

double bal_times(double a, double b)
{
    return a == 0.0 || b == 0.0 ? 0.0 : a * b;
}

/* All arguments are exact and finite, so the value is all there is to say. */
static bool exact(const bal_call *c, const bal_bounded x[])
{
    for (int i = 0; i < c->n; i++)
        if (x[i].radius != 0.0 || !bal_ddc_is_finite(x[i].value))
            return false;
    return true;
}

bool bal_bounded_exact(const bal_call *c, const bal_bounded x[], bal_ddc value, bal_bounded *y)
{
    if (!exact(c, x) || !bal_ddc_is_finite(value))
        return false;
    const double v = bal_dd_double(value.re);
    *y = c->is_complex ? bal_bounded_disc(value, 0.0, 0.0, HUGE_VAL)
                       : bal_bounded_real(value.re, v, v);
    return true;
}

static bal_ddc infinite_sum(bal_ddc a, bal_ddc b)
{
    return bal_ddc_from(bal_cplx(a.re.hi + b.re.hi, a.im.hi + b.im.hi));
}

static bal_ddc sum_of(bal_ddc a, bal_ddc b)
{
    const bool finite = bal_ddc_is_finite(a) && bal_ddc_is_finite(b);
    return finite ? bal_ddc_add(a, b) : infinite_sum(a, b);
}

const char *bal_bound_add(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    if (call->n == 1) {
        *y = x[0];
        return NULL;
    }
    const bal_ddc value = sum_of(x[0].value, x[1].value);
    if (bal_bounded_exact(call, x, value, y))
        return NULL;
    if (call->is_complex)
        *y = bal_bounded_disc(value, x[0].radius + x[1].radius, 0.0, HUGE_VAL);
    else
        *y = bal_bounded_real(value.re, x[0].low + x[1].low, x[0].high + x[1].high);
    return NULL;
}

static bal_bounded negative(bal_bounded x, bool is_complex)
{
    x.value = bal_ddc_neg(x.value);
    if (is_complex)
        return x;
    const double low = -x.high;
    x.high = -x.low;
    x.low = low;
    return x;
}

const char *bal_bound_sub(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    const bal_bounded last = negative(x[call->n - 1], call->is_complex);
    if (call->n == 1) {
        *y = last;
        return NULL;
    }
    const bal_bounded pair[2] = {x[0], last};
    return bal_bound_add(call, pair, y);
}

static bal_bounded real_product(const bal_bounded *a, const bal_bounded *b)
{
    const bool finite = isfinite(a->value.re.hi) && isfinite(b->value.re.hi);
    const bal_dd value = finite ? bal_dd_mul(a->value.re, b->value.re)
                                : bal_dd_of(bal_times(a->value.re.hi, b->value.re.hi));
    const double p = bal_times(a->low, b->low);
    const double q = bal_times(a->low, b->high);
    const double r = bal_times(a->high, b->low);
    const double s = bal_times(a->high, b->high);
    return bal_bounded_real(value, fmin(fmin(p, q), fmin(r, s)), fmax(fmax(p, q), fmax(r, s)));
}

/* The radius of a product: |a| rb + |b| ra + ra rb */
static bal_bounded disc_product(const bal_bounded *a, const bal_bounded *b)
{
    const double ma = bal_ddc_abs(a->value);
    const double mb = bal_ddc_abs(b->value);
    const bool finite = isfinite(ma) && isfinite(mb);
    const bal_ddc value =
        finite ? bal_ddc_mul(a->value, b->value) : bal_ddc_real(bal_times(ma, mb));
    const double radius =
        bal_times(ma, b->radius) + bal_times(mb, a->radius) + bal_times(a->radius, b->radius);
    return bal_bounded_disc(value, radius, bal_times(a->low, b->low), bal_times(a->high, b->high));
}

const char *bal_bound_mul(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    *y = call->is_complex ? disc_product(&x[0], &x[1]) : real_product(&x[0], &x[1]);
    (void)bal_bounded_exact(call, x, y->value, y);
    return NULL;
}

const char *bal_bound_sqr(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    if (call->is_complex) {
        *y = disc_product(&x[0], &x[0]);
    } else {
        const bal_bounded m = bal_bounded_modulus(x[0]);
        const bal_dd value = real_product(&x[0], &x[0]).value.re;
        *y = bal_bounded_real(value, m.low * m.low, m.high * m.high);
    }
    (void)bal_bounded_exact(call, x, y->value, y);
    return NULL;
}

/* a / 0 is infinite, 0 / 0 is 0 with no knowledge about it. */
static double over(double a, double b)
{
    return a == 0.0 ? 0.0 : a / b;
}

static bal_dd quotient_value(bal_dd a, bal_dd b)
{
    if (bal_dd_is_zero(a))
        return bal_dd_of(0.0);
    if (!isfinite(a.hi) || !isfinite(b.hi) || bal_dd_is_zero(b))
        return bal_dd_of(a.hi / b.hi);
    return bal_dd_div(a, b);
}

/* Divisor in [0, high]: where the dividend has one sign, one end of the quotient is finite. */
static bal_bounded over_positive(const bal_bounded *a, bal_dd divisor, double high)
{
    bal_dd d = divisor;
    if (bal_dd_is_zero(d))
        d = bal_dd_of(0.0); /* not -0 */
    const bal_dd value = quotient_value(a->value.re, d);
    if (a->low >= 0.0)
        return bal_bounded_real(value, over(a->low, high), HUGE_VAL);
    if (a->high <= 0.0)
        return bal_bounded_real(value, -HUGE_VAL, over(a->high, high));
    return bal_bounded_real(value, -HUGE_VAL, HUGE_VAL);
}

static bal_bounded real_quotient(const bal_bounded *a, const bal_bounded *b)
{
    if (b->low < 0.0 && b->high > 0.0)
        return bal_bounded_real(quotient_value(a->value.re, b->value.re), -HUGE_VAL, HUGE_VAL);
    if (b->low == 0.0)
        return over_positive(a, b->value.re, b->high);
    if (b->high == 0.0) {
        const bal_bounded flipped = negative(*a, false);
        return over_positive(&flipped, bal_dd_neg(b->value.re), -b->low);
    }
    const double p = over(a->low, b->low);
    const double q = over(a->low, b->high);
    const double r = over(a->high, b->low);
    const double s = over(a->high, b->high);
    return bal_bounded_real(quotient_value(a->value.re, b->value.re), fmin(fmin(p, q), fmin(r, s)),
                            fmax(fmax(p, q), fmax(r, s)));
}

/* |a/b - a'/b'| <= (ra + |a/b| rb) / (|b| - rb) */
static bal_bounded disc_quotient(const bal_bounded *a, const bal_bounded *b)
{
    const double ma = bal_ddc_abs(a->value);
    const double mb = bal_ddc_abs(b->value);
    const bool plain = isfinite(ma) && isfinite(mb) && mb > 0.0;
    const bal_ddc value = plain ? bal_ddc_div(a->value, b->value) : bal_ddc_real(over(ma, mb));
    const double room = mb - b->radius;
    double radius = HUGE_VAL;
    if (plain && room > 0.0)
        radius = (a->radius + bal_times(bal_ddc_abs(value), b->radius)) / (room * (1.0 - 0x1p-50));
    const double high = b->low > 0.0 ? over(a->high, b->low) : a->high > 0.0 ? HUGE_VAL : 0.0;
    const double low = b->high > 0.0 ? over(a->low, b->high) : a->low > 0.0 ? HUGE_VAL : 0.0;
    return bal_bounded_disc(value, radius, low, b->low > 0.0 ? high : HUGE_VAL);
}

const char *bal_bound_div(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    *y = call->is_complex ? disc_quotient(&x[0], &x[1]) : real_quotient(&x[0], &x[1]);
    (void)bal_bounded_exact(call, x, y->value, y);
    return NULL;
}

static const char *scaled(const bal_call *c, const bal_bounded x[], double factor, bal_bounded *y)
{
    bal_ddc value = x[0].value;
    if (bal_ddc_is_finite(value)) {
        const bal_call call = {c->rule, &x[0].value, 1, c->is_complex};
        (void)c->rule->value(&call, &value);
    }
    const double low = x[0].low * factor;
    const double high = x[0].high * factor;
    *y = c->is_complex ? bal_bounded_disc(value, x[0].radius * factor, low, high)
                       : bal_bounded_real(value.re, low, high);
    (void)bal_bounded_exact(c, x, value, y);
    return NULL;
}

const char *bal_bound_deg(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    return scaled(call, x, BAL_DEGREES, y);
}

const char *bal_bound_rad(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    return scaled(call, x, 1.0 / BAL_DEGREES, y);
}
