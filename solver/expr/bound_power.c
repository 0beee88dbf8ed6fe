/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds of powers and of the square root. */
#include "rules.h"

/* What the value function says at the centre; 0 where it has a fault there. */
static bal_ddc centre(const bal_call *c, const bal_bounded x[])
{
    bal_ddc arguments[BAL_EXPR_ARGUMENTS] = {0};
    for (int i = 0; i < c->n; i++)
        arguments[i] = x[i].value;
    const bal_call call = {c->rule, arguments, c->n, c->is_complex};
    bal_ddc y = bal_ddc_real(0.0);
    for (int i = 0; i < c->n; i++)
        if (!bal_ddc_is_finite(arguments[i]))
            return bal_ddc_real((double)NAN);
    if (c->rule->value(&call, &y) != NULL)
        return bal_ddc_real((double)NAN);
    return y;
}

/* |z + d|^n - |z|^n for |d| <= r is at most |z|^n ((1 + r/|z|)^n - 1), n > 0. */
static double power_radius(double modulus, double radius, double n)
{
    if (modulus == 0.0)
        return pow(radius, n);
    return pow(modulus, n) * expm1(n * log1p(radius / modulus));
}

/* A negative power is the reciprocal of the positive one: r / (m (m - r)). */
static const char *disc_power(const bal_bounded *z, int n, bal_ddc value, bal_bounded *y)
{
    const double m = bal_ddc_abs(z->value);
    double radius = power_radius(m, z->radius, fabs((double)n));
    if (n >= 0) {
        *y = bal_bounded_disc(value, radius, pow(z->low, n), pow(z->high, n));
        return NULL;
    }
    const double p = pow(m, -n);
    radius = p > radius ? radius / (p * (p - radius)) : HUGE_VAL;
    if (m == 0.0)
        value = bal_ddc_real(HUGE_VAL);
    *y = bal_bounded_disc(value, radius, z->high > 0.0 ? pow(z->high, n) : HUGE_VAL,
                          z->low > 0.0 ? pow(z->low, n) : HUGE_VAL);
    return NULL;
}

/* x^y = exp(y ln x), each with its own bound. */
static const char *complex_power(const bal_call *c, const bal_bounded x[], bal_bounded *y)
{
    int n = 0;
    const bool integer =
        x[1].radius == 0.0 && bal_dd_is_zero(x[1].value.im) && bal_dd_integer(x[1].value.re, &n);
    const bal_ddc value = centre(c, x);
    if (integer)
        return disc_power(&x[0], n, value, y);
    bal_bounded steps[2] = {x[1], x[1]};
    const bal_call log_call = {&bal_rule_ln, c->x, 1, true};
    const bal_call product = {&bal_rule_mul, c->x, 2, true};
    const bal_call exp_call = {&bal_rule_exp, c->x, 1, true};
    (void)bal_bound_ln(&log_call, x, &steps[0]);
    bal_bounded exponent;
    (void)bal_bound_mul(&product, steps, &exponent);
    return bal_bound_exp(&exp_call, &exponent, y);
}

/* x^y over positive x is monotone in each: its extremes are at corners. */
static bal_bounded corners(const bal_bounded *x, const bal_bounded *e, bal_dd value)
{
    const double low = fmax(x->low, 0.0);
    const double p = pow(low, e->low);
    const double q = pow(low, e->high);
    const double r = pow(x->high, e->low);
    const double s = pow(x->high, e->high);
    const bal_bounded y =
        bal_bounded_real(value, fmin(fmin(p, q), fmin(r, s)), fmax(fmax(p, q), fmax(r, s)));
    if (y.radius != 0.0)
        return bal_bounded_real(value, y.low - 4e-16 * fabs(y.low), y.high + 4e-16 * fabs(y.high));
    return y;
}

static const char *integer_power(const bal_bounded *x, int n, bal_dd value, bal_bounded *y)
{
    if (n % 2 == 0) {
        const bal_bounded m = bal_bounded_modulus(*x);
        const double near = pow(m.low, n);
        const double far = pow(m.high, n);
        *y = bal_bounded_real(isnan(value.hi) ? bal_dd_of(near) : value, fmin(near, far),
                              fmax(near, far));
    } else if (n > 0) {
        *y = bal_bounded_real(value, pow(x->low, n), pow(x->high, n));
    } else if (x->low < 0.0 && x->high > 0.0) {
        *y = bal_bounded_real(isnan(value.hi) ? bal_dd_of(HUGE_VAL) : value, -HUGE_VAL, HUGE_VAL);
    } else {
        const bool positive = x->high > 0.0;
        const double a = x->low == 0.0 ? HUGE_VAL : pow(x->low, n);
        const double b = x->high == 0.0 ? (positive ? HUGE_VAL : -HUGE_VAL) : pow(x->high, n);
        *y = bal_bounded_real(isnan(value.hi) ? bal_dd_of(positive ? a : b) : value, fmin(a, b),
                              fmax(a, b));
    }
    return NULL;
}

const char *bal_bound_pow(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    int n = 0;
    const bal_ddc value = centre(call, x);
    if (bal_bounded_exact(call, x, value, y))
        return NULL;
    if (call->is_complex)
        return complex_power(call, x, y);
    if (x[1].radius == 0.0 && bal_dd_integer(x[1].value.re, &n))
        return integer_power(&x[0], n, value.re, y);
    if (x[0].value.re.hi < 0.0)
        return "a negative number to a power that is not an integer";
    *y = corners(&x[0], &x[1], value.re);
    return NULL;
}

const char *bal_bound_pwr(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    const bal_ddc value = centre(call, x);
    const bal_bounded m = bal_bounded_modulus(x[0]);
    if (!bal_bounded_exact(call, x, value, y))
        *y = corners(&m, &x[1], value.re);
    return NULL;
}

const char *bal_bound_pwrs(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    const bal_ddc value = centre(call, x);
    if (bal_bounded_exact(call, x, value, y))
        return NULL;
    if (x[0].low >= 0.0)
        return bal_bound_pwr(call, x, y);
    const bal_bounded m = bal_bounded_modulus(x[0]);
    const bal_bounded p = corners(&m, &x[1], bal_dd_abs(value.re));
    const bool negative = x[0].high <= 0.0;
    *y = bal_bounded_real(value.re, -p.high, negative ? -p.low : p.high);
    return NULL;
}

/* |sqrt(z + d) - sqrt(z)| <= sqrt|z| (1 - sqrt(1 - r/|z|)) unless the disc meets the cut. */
static bal_bounded disc_root(const bal_bounded *z, bal_ddc value)
{
    const double m = bal_ddc_abs(z->value);
    const double re = bal_dd_double(z->value.re);
    const double im = fabs(bal_dd_double(z->value.im));
    const double to_cut = re >= 0.0 ? m : im;
    const double far = sqrt(m) + sqrt(m + z->radius);
    const double radius =
        z->radius < to_cut ? sqrt(m) * (1.0 - sqrt(1.0 - z->radius / m)) * (1.0 + 1e-9) : far;
    return bal_bounded_disc(value, radius, sqrt(z->low), sqrt(z->high));
}

const char *bal_bound_sqrt(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    const bal_ddc value = centre(call, x);
    if (bal_bounded_exact(call, x, value, y))
        return NULL;
    if (!call->is_complex && x[0].value.re.hi < 0.0)
        return "square root of a negative number";
    *y = call->is_complex ? disc_root(&x[0], value)
                          : bal_bounded_real(value.re, sqrt(fmax(x[0].low, 0.0)), sqrt(x[0].high));
    return NULL;
}
