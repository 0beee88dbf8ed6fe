/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions of real values only: rounding, steps, limits, the nominal values of the random ones.
 * Where a function jumps, its tangent is 0.
 */
#include "rules.h"

static bal_ddc flat_tangent(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)c;
    (void)dx;
    (void)y;
    return bal_ddc_real(0.0);
}

/* floor of hi + lo: where hi is an integer, lo decides. */
static bal_dd floor_dd(bal_dd x)
{
    const double f = floor(x.hi);
    return f == x.hi ? bal_quick_two_sum(f, floor(x.lo)) : bal_dd_of(f);
}

static const char *value_floor(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_dd(floor_dd(c->x[0].re));
    return NULL;
}

static bal_dd ceil_dd(bal_dd x)
{
    return bal_dd_neg(floor_dd(bal_dd_neg(x)));
}

static const char *value_ceil(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_dd(ceil_dd(c->x[0].re));
    return NULL;
}

static bal_dd truncate_dd(bal_dd x)
{
    return x.hi < 0.0 ? ceil_dd(x) : floor_dd(x);
}

static const char *value_int(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_dd(truncate_dd(c->x[0].re));
    return NULL;
}

static const char *value_round(const bal_call *c, bal_ddc *y)
{
    const bal_dd x = c->x[0].re;
    const bal_dd up = floor_dd(bal_dd_add(bal_dd_abs(x), bal_dd_of(0.5)));
    *y = bal_ddc_dd(x.hi < 0.0 ? bal_dd_neg(up) : up);
    return NULL;
}

static const char *value_nint(const bal_call *c, bal_ddc *y)
{
    const bal_dd x = c->x[0].re;
    const bal_dd up = floor_dd(bal_dd_add(x, bal_dd_of(0.5)));
    const bal_dd rest = bal_dd_sub(up, x);
    const bool half = rest.hi == 0.5 && rest.lo == 0.0;
    const bal_dd two = floor_dd(bal_dd_scale(up, 0.5));
    const bool odd = !bal_dd_is_zero(bal_dd_sub(up, bal_dd_scale(two, 2.0)));
    *y = bal_ddc_dd(half && odd ? bal_dd_sub(up, bal_dd_of(1.0)) : up);
    return NULL;
}

static double sign_of(bal_dd x)
{
    return x.hi > 0.0 ? 1.0 : x.hi < 0.0 ? -1.0 : 0.0;
}

static const char *value_sgn(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_real(sign_of(c->x[0].re));
    return NULL;
}

static const char *value_sign(const bal_call *c, bal_ddc *y)
{
    if (c->n == 1)
        return value_sgn(c, y);
    *y = bal_ddc_dd(bal_dd_scale(bal_dd_abs(c->x[0].re), sign_of(c->x[1].re)));
    return NULL;
}

static bal_ddc tangent_sign(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    if (c->n == 1)
        return bal_ddc_real(0.0);
    return bal_ddc_scale(dx[0], bal_dd_of(sign_of(c->x[0].re) * sign_of(c->x[1].re)));
}

static const char *value_step(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_real(c->x[0].re.hi > 0.0 ? 1.0 : 0.0);
    return NULL;
}

static bool above_half(bal_dd x)
{
    return bal_dd_less(bal_dd_of(0.5), x);
}

static const char *value_buf(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_real(above_half(c->x[0].re) ? 1.0 : 0.0);
    return NULL;
}

static const char *value_inv(const bal_call *c, bal_ddc *y)
{
    *y = bal_ddc_real(above_half(c->x[0].re) ? 0.0 : 1.0);
    return NULL;
}

static const char *value_uramp(const bal_call *c, bal_ddc *y)
{
    *y = c->x[0].re.hi > 0.0 ? c->x[0] : bal_ddc_real(0.0);
    return NULL;
}

static bal_ddc tangent_uramp(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return c->x[0].re.hi > 0.0 ? dx[0] : bal_ddc_real(0.0);
}

static int smallest(const bal_call *c)
{
    return bal_dd_less(c->x[1].re, c->x[0].re) ? 1 : 0;
}

static const char *value_min(const bal_call *c, bal_ddc *y)
{
    *y = c->x[smallest(c)];
    return NULL;
}

static bal_ddc tangent_min(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return dx[smallest(c)];
}

static int largest(const bal_call *c)
{
    return bal_dd_less(c->x[0].re, c->x[1].re) ? 1 : 0;
}

static const char *value_max(const bal_call *c, bal_ddc *y)
{
    *y = c->x[largest(c)];
    return NULL;
}

static bal_ddc tangent_max(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return dx[largest(c)];
}

/* min(max(x, low), high). limit(nominal, deviation) draws: its nominal value is the first argument.
 */
static int limiting(const bal_call *c)
{
    if (c->n == 2)
        return 0;
    const int raised = bal_dd_less(c->x[0].re, c->x[1].re) ? 1 : 0;
    return bal_dd_less(c->x[2].re, c->x[raised].re) ? 2 : raised;
}

static const char *value_limit(const bal_call *c, bal_ddc *y)
{
    *y = c->x[limiting(c)];
    return NULL;
}

static bal_ddc tangent_limit(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return dx[limiting(c)];
}

/* LTspice: a corner of width z that leaves the line at y - z and nears y exponentially. */
static const char *value_uplim(const bal_call *c, bal_ddc *y)
{
    const double x = bal_dd_double(c->x[0].re);
    const double top = bal_dd_double(c->x[1].re);
    const double z = bal_dd_double(c->x[2].re);
    *y = x <= top - z ? c->x[0] : bal_ddc_real(z > 0.0 ? top - z * exp((top - z - x) / z) : top);
    return NULL;
}

/* In terms of uplim's y: beyond the corner dy/dx = (top - y) / z. */
static bal_ddc tangent_uplim(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    const double x = bal_dd_double(c->x[0].re);
    const double top = bal_dd_double(c->x[1].re);
    const double z = bal_dd_double(c->x[2].re);
    if (x <= top - z)
        return dx[0];
    if (z <= 0.0)
        return dx[1];
    const double by_x = (top - bal_dd_double(y.re)) / z;
    const double by_z = -by_x * (1.0 - (top - x) / z);
    const double sum = by_x * bal_dd_double(dx[0].re) + (1.0 - by_x) * bal_dd_double(dx[1].re) +
                       by_z * bal_dd_double(dx[2].re);
    return bal_ddc_real(sum);
}

/* dnlim(x, y, z) = -uplim(-x, -y, z) */
static const char *value_dnlim(const bal_call *c, bal_ddc *y)
{
    const bal_ddc x[3] = {bal_ddc_neg(c->x[0]), bal_ddc_neg(c->x[1]), c->x[2]};
    const bal_call mirrored = {c->rule, x, 3, false};
    (void)value_uplim(&mirrored, y);
    *y = bal_ddc_neg(*y);
    return NULL;
}

static bal_ddc tangent_dnlim(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    const bal_ddc x[3] = {bal_ddc_neg(c->x[0]), bal_ddc_neg(c->x[1]), c->x[2]};
    const bal_ddc d[3] = {bal_ddc_neg(dx[0]), bal_ddc_neg(dx[1]), dx[2]};
    const bal_call mirrored = {c->rule, x, 3, false};
    return bal_ddc_neg(tangent_uplim(&mirrored, d, bal_ddc_neg(y)));
}

static const char *value_fmod(const bal_call *c, bal_ddc *y)
{
    if (bal_ddc_is_zero(c->x[1]))
        return "remainder of a division by zero";
    const bal_dd n = truncate_dd(bal_dd_div(c->x[0].re, c->x[1].re));
    *y = bal_ddc_dd(bal_dd_sub(c->x[0].re, bal_dd_mul(n, c->x[1].re)));
    return NULL;
}

static bal_ddc tangent_fmod(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    const bal_dd n = truncate_dd(bal_dd_div(c->x[0].re, c->x[1].re));
    return bal_ddc_sub(dx[0], bal_ddc_scale(dx[1], n));
}

/* gauss(sigma) and flat(x) are about 0, the others about their first argument. */
static const char *value_nominal(const bal_call *c, bal_ddc *y)
{
    *y = c->n == 1 ? bal_ddc_real(0.0) : c->x[0];
    return NULL;
}

static bal_ddc tangent_nominal(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)y;
    return c->n == 1 ? bal_ddc_real(0.0) : dx[0];
}

#define RULE(name, the_tangent, the_bound)                                                         \
    const bal_rule bal_rule_##name = {                                                             \
        .value = value_##name, .tangent = the_tangent, .bound = bal_bound_##the_bound}
RULE(floor, flat_tangent, up);
RULE(ceil, flat_tangent, up);
RULE(int, flat_tangent, up);
RULE(round, flat_tangent, up);
RULE(nint, flat_tangent, up);
RULE(sgn, flat_tangent, up);
RULE(step, flat_tangent, up);
RULE(buf, flat_tangent, up);
RULE(inv, flat_tangent, down);
RULE(sign, tangent_sign, sign);
RULE(uramp, tangent_uramp, up);
RULE(min, tangent_min, up);
RULE(max, tangent_max, up);
RULE(limit, tangent_limit, up);
RULE(uplim, tangent_uplim, corner);
RULE(dnlim, tangent_dnlim, corner);
RULE(fmod, tangent_fmod, fmod);
RULE(nominal, tangent_nominal, nominal);

/* Built from other calls (build.c) or handed in (reducers): never evaluated as a call. */
const bal_rule bal_rule_table = {0};
const bal_rule bal_rule_over_f = {0};
