/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Real figures of a complex response: modulus, phase, levels. They are not differentiable as
 * functions of a complex variable; their tangents are those along the change given.
 */
#include "rules.h"

#define DB_PER_NEPER 8.68588963806503655302 /* 20 / ln 10 */

/* Scaled by a power of two near the larger part. */
bal_dd bal_ddc_modulus(bal_ddc a)
{
    if (bal_dd_is_zero(a.im))
        return bal_dd_abs(a.re);
    const double m = fmax(fabs(a.re.hi), fabs(a.im.hi));
    if (m == 0.0 || !isfinite(m))
        return bal_dd_of(m);
    int e = 0;
    (void)frexp(m, &e);
    const bal_dd re = {ldexp(a.re.hi, -e), ldexp(a.re.lo, -e)};
    const bal_dd im = {ldexp(a.im.hi, -e), ldexp(a.im.lo, -e)};
    const bal_dd r = bal_dd_sqrt(bal_dd_add(bal_dd_mul(re, re), bal_dd_mul(im, im)));
    return (bal_dd){ldexp(r.hi, e), ldexp(r.lo, e)};
}

/* dx / x, 0 where x is 0 */
static bal_ddc relative(bal_ddc dx, bal_ddc x)
{
    return bal_ddc_is_zero(x) ? bal_ddc_real(0.0) : bal_ddc_div(dx, x);
}

static const char *value_abs(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_dd(bal_ddc_modulus(c->x[0]));
    return NULL;
}

/* d|x| = |x| Re(dx / x) */
static bal_ddc tangent_abs(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    return bal_ddc_dd(bal_dd_mul(y.re, relative(dx[0], c->x[0]).re));
}

static const char *value_ph(const bal_call *c, bal_ddc *y)
{
    const bal_ddc x = c->x[0];
    const double im = bal_dd_double(x.im) + 0.0; /* -0 would turn 180 into -180 */
    *y = bal_ddc_real(atan2(im, bal_dd_double(x.re)) * BAL_DEGREES);
    return NULL;
}

static bal_ddc tangent_ph(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return bal_ddc_dd(bal_dd_scale(relative(dx[0], c->x[0]).im, BAL_DEGREES));
}

static const char *value_re(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_dd(c->x[0].re);
    return NULL;
}

static bal_ddc tangent_re(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)c;
    (void)y;
    return bal_ddc_dd(dx[0].re);
}

static const char *value_im(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_dd(c->x[0].im);
    return NULL;
}

static bal_ddc tangent_im(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)c;
    (void)y;
    return bal_ddc_dd(dx[0].im);
}

static const char *value_conj(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_conj(c->x[0]);
    return NULL;
}

static bal_ddc tangent_conj(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)c;
    (void)y;
    return bal_ddc_conj(dx[0]);
}

static const char *value_db(const bal_call *c, bal_ddc *y)
{
    const bal_dd m = bal_ddc_modulus(c->x[0]);
    if (bal_dd_is_zero(m))
        return "decibels of zero";
    /* Next to 0 dB the correction may be the larger one: no quick sum. */
    *y = bal_ddc_dd(bal_two_sum(20.0 * log10(m.hi), DB_PER_NEPER * (m.lo / m.hi)));
    return NULL;
}

static bal_ddc tangent_db(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return bal_ddc_dd(bal_dd_scale(relative(dx[0], c->x[0]).re, DB_PER_NEPER));
}

/* 10 log10 0.6 */
static const bal_dd dbu_reference = {-0x1.1bf765f54dc05p+1, -0x1.4d739d5abd0a7p-57};

static const char *value_dbu(const bal_call *c, bal_ddc *y)
{
    const char *fault = value_db(c, y);
    if (!fault)
        y->re = bal_dd_sub(y->re, dbu_reference);
    return fault;
}

static bal_ddc tangent_dbu(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    return tangent_db(c, dx, y);
}

static const char *value_atan2(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_real(atan2(bal_dd_double(c->x[0].re), bal_dd_double(c->x[1].re)));
    return NULL;
}

static bal_ddc tangent_atan2(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    const bal_ddc point = bal_ddc_of(c->x[1].re, c->x[0].re);
    const bal_ddc change = bal_ddc_of(dx[1].re, dx[0].re);
    return bal_ddc_dd(relative(change, point).im);
}

static const char *value_hypot(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_dd(bal_ddc_modulus(bal_ddc_of(c->x[0].re, c->x[1].re)));
    return NULL;
}

static bal_ddc tangent_hypot(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    const bal_ddc point = bal_ddc_of(c->x[0].re, c->x[1].re);
    const bal_ddc change = bal_ddc_of(dx[0].re, dx[1].re);
    return bal_ddc_dd(bal_dd_mul(y.re, relative(change, point).re));
}

#define RULE(name)                                                                                 \
    const bal_rule bal_rule_##name = {                                                             \
        .value = value_##name, .tangent = tangent_##name, .bound = bal_bound_##name}
RULE(abs);
RULE(ph);
RULE(re);
RULE(im);
RULE(conj);
RULE(db);
RULE(dbu);
RULE(atan2);
RULE(hypot);
