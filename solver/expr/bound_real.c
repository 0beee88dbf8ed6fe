/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds of the functions of real values and of comparisons. */
#include "rules.h"

/* The rule's value at one end of every interval; its reals are exact there. */
static bal_dd value_at(const bal_call *c, const bal_bounded x[], int which)
{
    bal_ddc arguments[BAL_EXPR_ARGUMENTS] = {0};
    bal_ddc y = bal_ddc_real(0.0);
    for (int i = 0; i < c->n; i++) {
        if (which == 0 || x[i].radius == 0.0)
            arguments[i] = x[i].value;
        else
            arguments[i] = bal_ddc_real(which < 0 ? x[i].low : x[i].high);
    }
    const bal_call call = {c->rule, arguments, c->n, false};
    (void)c->rule->value(&call, &y);
    return y.re;
}

/* Increasing in every argument. */
const char *bal_bound_up(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    *y = bal_bounded_real(value_at(call, x, 0), bal_dd_double(value_at(call, x, -1)),
                          bal_dd_double(value_at(call, x, 1)));
    return NULL;
}

const char *bal_bound_down(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    *y = bal_bounded_real(value_at(call, x, 0), bal_dd_double(value_at(call, x, 1)),
                          bal_dd_double(value_at(call, x, -1)));
    return NULL;
}

/* uplim and dnlim increase in x and y; the corner's width must be exact. */
const char *bal_bound_corner(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    if (x[2].radius == 0.0)
        return bal_bound_up(call, x, y);
    *y = bal_bounded_real(value_at(call, x, 0), -HUGE_VAL, HUGE_VAL);
    return NULL;
}

/* Within one multiple of an exact divisor the remainder moves as x does. */
const char *bal_bound_fmod(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    const double divisor = fabs(bal_dd_double(x[1].value.re));
    if (divisor == 0.0 || !isfinite(x[0].radius) || !isfinite(x[1].high - x[1].low)) {
        *y = bal_bounded_real(bal_dd_of(0.0), -HUGE_VAL, HUGE_VAL);
        return divisor == 0.0 ? "remainder of a division by zero" : NULL;
    }
    const double first = trunc(x[0].low / divisor);
    const bool inside = first == trunc(x[0].high / divisor) && x[1].radius == 0.0;
    if (inside && !(x[0].low < 0.0 && x[0].high > 0.0 && first != 0.0))
        return bal_bound_up(call, x, y);
    const double most = divisor + x[1].radius;
    *y = bal_bounded_real(value_at(call, x, 0), x[0].low < 0.0 ? -most : 0.0,
                          x[0].high > 0.0 ? most : 0.0);
    return NULL;
}

/* sign(x, y) = sgn(y) |x| */
const char *bal_bound_sign(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    if (call->n == 1)
        return bal_bound_up(call, x, y);
    const bal_bounded m = bal_bounded_modulus(x[0]);
    const bool positive = x[1].low > 0.0;
    const bool negative = x[1].high < 0.0;
    *y = bal_bounded_real(value_at(call, x, 0), positive ? m.low : -m.high,
                          negative ? -m.low : m.high);
    (void)bal_bounded_exact(call, x, bal_ddc_dd(value_at(call, x, 0)), y);
    return NULL;
}

const char *bal_bound_nominal(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    *y = call->n == 1 ? bal_bounded_real(bal_dd_of(0.0), 0.0, 0.0) : x[0];
    return NULL;
}

static double difference(const bal_bounded *a, const bal_bounded *b)
{
    const bal_dd p = a->value.re;
    const bal_dd q = b->value.re;
    const bool finite = isfinite(p.hi) && isfinite(q.hi);
    return finite ? bal_dd_double(bal_dd_sub(p, q)) : p.hi == q.hi ? 0.0 : p.hi - q.hi;
}

/* a < b: margin b - a, limit b */
static const char *order(const bal_bounded *a, const bal_bounded *b, bool or_equal, bal_bounded *y)
{
    *y = bal_bounded_truth_value(bal_bounded_less(a, b, or_equal), difference(b, a),
                                 bal_dd_double(b->value.re));
    y->measured = bal_dd_double(a->value.re);
    return NULL;
}

/* a > b: margin a - b, limit b */
static const char *reverse_order(const bal_bounded *a, const bal_bounded *b, bool or_equal,
                                 bal_bounded *y)
{
    *y = bal_bounded_truth_value(bal_bounded_less(b, a, or_equal), difference(a, b),
                                 bal_dd_double(b->value.re));
    y->measured = bal_dd_double(a->value.re);
    return NULL;
}

const char *bal_bound_less(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    (void)call;
    return order(&x[0], &x[1], false, y);
}

const char *bal_bound_less_equal(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    (void)call;
    return order(&x[0], &x[1], true, y);
}

const char *bal_bound_greater(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    (void)call;
    return reverse_order(&x[0], &x[1], false, y);
}

const char *bal_bound_greater_equal(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    (void)call;
    return reverse_order(&x[0], &x[1], true, y);
}

/* Equal only if both are exact, unequal if they are apart. */
static double sameness(const bal_call *c, const bal_bounded x[])
{
    bal_bounded y;
    const bal_call call = {&bal_rule_sub, c->x, 2, c->is_complex};
    (void)bal_bound_sub(&call, x, &y);
    if (y.low > 0.0 || (!c->is_complex && y.high < 0.0))
        return 0.0;
    if (x[0].radius != 0.0 || x[1].radius != 0.0)
        return 0.5;
    return bal_ddc_is_zero(y.value) ? 1.0 : 0.0;
}

const char *bal_bound_equal(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    *y = bal_bounded_truth_value(sameness(call, x), (double)NAN, (double)NAN);
    return NULL;
}

const char *bal_bound_unequal(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    *y = bal_bounded_truth_value(1.0 - sameness(call, x), (double)NAN, (double)NAN);
    return NULL;
}

const char *bal_bound_invert(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    *y = bal_bounded_truth_value(1.0 - bal_bounded_truth(&x[0], call->is_complex), (double)NAN,
                                 (double)NAN);
    return NULL;
}

static bool first_is_smaller(double a, double b)
{
    return isnan(b) || a <= b;
}

/* Both must hold: the smaller margin tells how far that is. */
const char *bal_bound_and(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    (void)call;
    const bal_bounded *m = &x[first_is_smaller(x[0].margin, x[1].margin) ? 0 : 1];
    const double a = bal_bounded_truth(&x[0], false);
    const double b = bal_bounded_truth(&x[1], false);
    *y = bal_bounded_truth_value(fmin(a, b), m->margin, m->limit);
    y->measured = m->measured;
    y->found = m->found;
    return NULL;
}

const char *bal_bound_or(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    (void)call;
    const bal_bounded *m = &x[first_is_smaller(-x[0].margin, -x[1].margin) ? 0 : 1];
    const double a = bal_bounded_truth(&x[0], false);
    const double b = bal_bounded_truth(&x[1], false);
    *y = bal_bounded_truth_value(fmax(a, b), m->margin, m->limit);
    y->measured = m->measured;
    y->found = m->found;
    return NULL;
}

/* |x - y| <= tolerance: margin tolerance - |x - y|, limit the tolerance */
const char *bal_bound_within(const bal_call *call, const bal_bounded x[], bal_bounded *y)
{
    const bal_call pair = {&bal_rule_sub, call->x, 2, call->is_complex};
    const bal_call single = {&bal_rule_abs, call->x, 1, call->is_complex};
    bal_bounded distance;
    (void)bal_bound_sub(&pair, x, &distance);
    (void)bal_bound_abs(&single, &distance, &distance);
    (void)order(&distance, &x[2], true, y);
    y->found = call->is_complex ? (double)NAN : bal_dd_double(x[0].value.re);
    return NULL;
}
