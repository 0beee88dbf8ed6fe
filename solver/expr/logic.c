/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons and what joins them. The lazy ones (if, &&, ||) are evaluated by the walkers. */
#include "rules.h"

static bal_ddc truth(bool b)
{
    return bal_ddc_real(b ? 1.0 : 0.0);
}

static bal_ddc flat_tangent(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    (void)c;
    (void)dx;
    (void)y;
    return bal_ddc_real(0.0);
}

static const char *value_less(const bal_call *c, bal_ddc *y)
{
    *y = truth(bal_dd_less(c->x[0].re, c->x[1].re));
    return NULL;
}

static const char *value_greater(const bal_call *c, bal_ddc *y)
{
    *y = truth(bal_dd_less(c->x[1].re, c->x[0].re));
    return NULL;
}

static const char *value_less_equal(const bal_call *c, bal_ddc *y)
{
    *y = truth(!bal_dd_less(c->x[1].re, c->x[0].re));
    return NULL;
}

static const char *value_greater_equal(const bal_call *c, bal_ddc *y)
{
    *y = truth(!bal_dd_less(c->x[0].re, c->x[1].re));
    return NULL;
}

static bool same(bal_ddc a, bal_ddc b)
{
    return a.re.hi == b.re.hi && a.re.lo == b.re.lo && a.im.hi == b.im.hi && a.im.lo == b.im.lo;
}

static const char *value_equal(const bal_call *c, bal_ddc *y)
{
    *y = truth(same(c->x[0], c->x[1]));
    return NULL;
}

static const char *value_unequal(const bal_call *c, bal_ddc *y)
{
    *y = truth(!same(c->x[0], c->x[1]));
    return NULL;
}

static const char *value_invert(const bal_call *c, bal_ddc *y)
{
    *y = truth(bal_ddc_is_zero(c->x[0]));
    return NULL;
}

static const char *value_within(const bal_call *c, bal_ddc *y)
{
    const bal_dd distance = bal_ddc_modulus(bal_ddc_sub(c->x[0], c->x[1]));
    *y = truth(!bal_dd_less(c->x[2].re, distance));
    return NULL;
}

#define RULE(name)                                                                                 \
    const bal_rule bal_rule_##name = {                                                             \
        .value = value_##name, .tangent = flat_tangent, .bound = bal_bound_##name}
RULE(less);
RULE(greater);
RULE(less_equal);
RULE(greater_equal);
RULE(equal);
RULE(unequal);
RULE(invert);
RULE(within);

const bal_rule bal_rule_and = {.tangent = flat_tangent, .bound = bal_bound_and};
const bal_rule bal_rule_or = {.tangent = flat_tangent, .bound = bal_bound_or};
const bal_rule bal_rule_if = {0};
