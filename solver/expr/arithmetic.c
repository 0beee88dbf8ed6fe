/* SPDX-License-Identifier: GPL-3.0-or-later */
/* + - * / powers and roots: values in double-double throughout, and their tangents. */
#include "rules.h"

static const char *value_add(const bal_call *c, bal_ddc *y)
{
    *y = c->n == 1 ? c->x[0] : bal_ddc_add(c->x[0], c->x[1]);
    return NULL;
}

static bal_ddc tangent_add(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return c->n == 1 ? dx[0] : bal_ddc_add(dx[0], dx[1]);
}

static const char *value_sub(const bal_call *c, bal_ddc *y)
{
    *y = c->n == 1 ? bal_ddc_neg(c->x[0]) : bal_ddc_sub(c->x[0], c->x[1]);
    return NULL;
}

static bal_ddc tangent_sub(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return c->n == 1 ? bal_ddc_neg(dx[0]) : bal_ddc_sub(dx[0], dx[1]);
}

static bal_ddc product(bal_ddc a, bal_ddc b, bool is_complex)
{
    return is_complex ? bal_ddc_mul(a, b) : bal_ddc_dd(bal_dd_mul(a.re, b.re));
}

static bal_ddc quotient(bal_ddc a, bal_ddc b, bool is_complex)
{
    return is_complex ? bal_ddc_div(a, b) : bal_ddc_dd(bal_dd_div(a.re, b.re));
}

static const char *value_mul(const bal_call *c, bal_ddc *y)
{
    *y = product(c->x[0], c->x[1], c->is_complex);
    return NULL;
}

static bal_ddc tangent_mul(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return bal_ddc_add(bal_ddc_mul(c->x[0], dx[1]), bal_ddc_mul(c->x[1], dx[0]));
}

static const char *value_div(const bal_call *c, bal_ddc *y)
{
    if (bal_ddc_is_zero(c->x[1]))
        return "division by zero";
    *y = quotient(c->x[0], c->x[1], c->is_complex);
    return NULL;
}

static bal_ddc tangent_div(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    return bal_ddc_div(bal_ddc_sub(dx[0], bal_ddc_mul(y, dx[1])), c->x[1]);
}

bool bal_dd_integer(bal_dd a, int *n)
{
    if (a.lo != 0.0 || fabs(a.hi) > 1024.0 || a.hi != floor(a.hi))
        return false;
    *n = (int)a.hi;
    return true;
}

bal_ddc bal_ddc_power(bal_ddc a, int n)
{
    bal_ddc result = bal_ddc_real(1.0);
    bal_ddc square = a;
    const bool is_real = bal_dd_is_zero(a.im);
    for (unsigned bits = (unsigned)(n < 0 ? -n : n); bits != 0; bits >>= 1) {
        if (bits & 1U)
            result = product(result, square, !is_real);
        if (bits > 1)
            square = product(square, square, !is_real);
    }
    return n < 0 ? quotient(bal_ddc_real(1.0), result, !is_real) : result;
}

/* x^y of x > 0 near the double pow: first order in the low parts. */
static bal_dd positive_power(bal_dd x, bal_dd y)
{
    const double p = pow(x.hi, y.hi);
    const double correction = p * (y.hi * (x.lo / x.hi) + y.lo * log(x.hi));
    return isfinite(p) && isfinite(correction) ? bal_quick_two_sum(p, correction) : bal_dd_of(p);
}

static const char *real_power(bal_dd x, bal_dd y, bal_dd *out)
{
    int n = 0;
    if (bal_dd_is_zero(x) && y.hi < 0.0)
        return "zero to a negative power";
    if (bal_dd_integer(y, &n)) {
        *out = bal_ddc_power(bal_ddc_dd(x), n).re;
        return NULL;
    }
    if (x.hi < 0.0 && y.hi == floor(y.hi) && y.lo == 0.0) {
        *out = bal_dd_of(pow(x.hi, y.hi));
        return NULL;
    }
    if (x.hi < 0.0)
        return "a negative number to a power that is not an integer";
    *out = bal_dd_is_zero(x) ? bal_dd_of(0.0) : positive_power(x, y);
    return NULL;
}

static const char *value_pow(const bal_call *c, bal_ddc *y)
{
    int n = 0;
    if (!c->is_complex) {
        *y = bal_ddc_real(0.0);
        return real_power(c->x[0].re, c->x[1].re, &y->re);
    }
    if (bal_ddc_is_zero(c->x[0]) && c->x[1].re.hi < 0.0)
        return "zero to a negative power";
    if (bal_dd_is_zero(c->x[1].im) && bal_dd_integer(c->x[1].re, &n))
        *y = bal_ddc_power(c->x[0], n);
    else if (bal_ddc_is_zero(c->x[0]))
        *y = bal_ddc_real(0.0);
    else
        *y = bal_ddc_from(cexp(bal_ddc_double(c->x[1]) * clog(bal_ddc_double(c->x[0]))));
    return NULL;
}

/* d(x^y) = y x^(y-1) dx + x^y ln(x) dy */
static bal_ddc tangent_pow(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    bal_ddc sum = bal_ddc_real(0.0);
    if (!bal_ddc_is_zero(dx[0])) {
        const bal_ddc less = {bal_dd_sub(c->x[1].re, bal_dd_of(1.0)), c->x[1].im};
        const bal_ddc arguments[2] = {c->x[0], less};
        const bal_call lower = {c->rule, arguments, 2, c->is_complex};
        bal_ddc p = bal_ddc_real(0.0);
        if (!bal_ddc_is_zero(c->x[1]) && value_pow(&lower, &p))
            p = bal_ddc_real(HUGE_VAL);
        sum = bal_ddc_mul(bal_ddc_mul(c->x[1], p), dx[0]);
    }
    if (!bal_ddc_is_zero(dx[1])) {
        const bal_ddc log_x = bal_ddc_from(clog(bal_ddc_double(c->x[0])));
        sum = bal_ddc_add(sum, bal_ddc_mul(bal_ddc_mul(y, log_x), dx[1]));
    }
    if (!c->is_complex)
        sum.im = bal_dd_of(0.0);
    return sum;
}

static const char *value_pwr(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_real(0.0);
    return real_power(bal_dd_abs(c->x[0].re), c->x[1].re, &y->re);
}

static bal_ddc tangent_pwr(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    const bool negative = c->x[0].re.hi < 0.0;
    const bal_ddc x[2] = {bal_ddc_dd(bal_dd_abs(c->x[0].re)), c->x[1]};
    const bal_ddc d[2] = {negative ? bal_ddc_neg(dx[0]) : dx[0], dx[1]};
    const bal_call positive = {c->rule, x, 2, false};
    return tangent_pow(&positive, d, y);
}

static const char *value_pwrs(const bal_call *c, bal_ddc *y)
{
    const char *fault = value_pwr(c, y);
    if (!fault && c->x[0].re.hi < 0.0)
        *y = bal_ddc_neg(*y);
    return fault;
}

static bal_ddc tangent_pwrs(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    if (c->x[0].re.hi >= 0.0)
        return tangent_pwr(c, dx, y);
    return bal_ddc_neg(tangent_pwr(c, dx, bal_ddc_neg(y)));
}

static const char *value_sqr(const bal_call *c, bal_ddc *y)
{
    *y = product(c->x[0], c->x[0], c->is_complex);
    return NULL;
}

static bal_ddc tangent_sqr(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return bal_ddc_scale(bal_ddc_mul(c->x[0], dx[0]), bal_dd_of(2.0));
}

/* One Newton step on the double root, as bal_dd_sqrt. */
bal_ddc bal_ddc_root(bal_ddc a)
{
    const bal_ddc y = bal_ddc_from(csqrt(bal_ddc_double(a)));
    if (bal_ddc_is_zero(y) || !bal_ddc_is_finite(y))
        return y;
    const bal_ddc rest = bal_ddc_sub(a, bal_ddc_mul(y, y));
    return bal_ddc_add(y, bal_ddc_div(rest, bal_ddc_scale(y, bal_dd_of(2.0))));
}

static const char *value_sqrt(const bal_call *c, bal_ddc *y)
{
    if (!c->is_complex && c->x[0].re.hi < 0.0)
        return "square root of a negative number";
    *y = c->is_complex ? bal_ddc_root(c->x[0]) : bal_ddc_dd(bal_dd_sqrt(c->x[0].re));
    return NULL;
}

static bal_ddc tangent_sqrt(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)c;
    if (bal_ddc_is_zero(dx[0]))
        return dx[0];
    return bal_ddc_div(dx[0], bal_ddc_scale(y, bal_dd_of(2.0)));
}

static const bal_dd degrees = {0x1.ca5dc1a63c1f8p+5, -0x1.1e7ab456405f9p-49}; /* 180 / pi */
static const bal_dd radians = {0x1.1df46a2529d39p-6, 0x1.5c1d8becdd291p-62};

static const char *value_deg(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_scale(c->x[0], degrees);
    return NULL;
}

static bal_ddc tangent_deg(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)c;
    (void)y;
    return bal_ddc_scale(dx[0], degrees);
}

static const char *value_rad(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_scale(c->x[0], radians);
    return NULL;
}

static bal_ddc tangent_rad(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)c;
    (void)y;
    return bal_ddc_scale(dx[0], radians);
}

#define RULE(name)                                                                                 \
    const bal_rule bal_rule_##name = {                                                             \
        .value = value_##name, .tangent = tangent_##name, .bound = bal_bound_##name}
RULE(add);
RULE(sub);
RULE(mul);
RULE(div);
RULE(pow);
RULE(pwr);
RULE(pwrs);
RULE(sqr);
RULE(sqrt);
RULE(deg);
RULE(rad);
