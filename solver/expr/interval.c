/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Intervals: of reals by their ends, of complex numbers by a disc about the value and the range of
 * the modulus. Ends are widened by a few units in the last place instead of directed rounding.
 */
#include "rules.h"

#define SLACK 0x1p-50

static bal_dd without_nan(bal_dd a, double instead)
{
    if (isnan(a.hi))
        return bal_dd_of(instead);
    return isfinite(a.hi) && isfinite(a.lo) ? a : bal_dd_of(a.hi);
}

static double wider(double distance)
{
    return distance * (1.0 + SLACK);
}

/* The ends may stand on the wrong side of the value by rounding only. */
bal_bounded bal_bounded_real(bal_dd value, double low, double high)
{
    const double fallback = low > -HUGE_VAL ? low : high < HUGE_VAL ? high : 0.0;
    const bal_dd v = without_nan(value, isnan(fallback) ? 0.0 : fallback);
    const double centre = bal_dd_double(v);
    bal_bounded y = {.value = bal_ddc_dd(v)};
    y.margin = (double)NAN;
    y.limit = (double)NAN;
    if (low == high && low == centre) {
        y.low = low;
        y.high = high;
        y.radius = isfinite(centre) ? 0.0 : HUGE_VAL;
        return y;
    }
    y.low = isnan(low) ? -HUGE_VAL : fmin(low - SLACK * fabs(low), centre);
    y.high = isnan(high) ? HUGE_VAL : fmax(high + SLACK * fabs(high), centre);
    y.low = isnan(y.low) ? low : y.low; /* inf - inf */
    y.high = isnan(y.high) ? high : y.high;
    const double radius = wider(fmax(y.high - centre, centre - y.low));
    y.radius = isfinite(centre) && !isnan(radius) ? radius : HUGE_VAL;
    return y;
}

bal_bounded bal_bounded_disc(bal_ddc value, double radius, double low, double high)
{
    const bool lost = isnan(value.re.hi) || isnan(value.im.hi);
    bal_bounded y = {.margin = (double)NAN, .limit = (double)NAN};
    y.value.re = without_nan(value.re, 0.0);
    y.value.im = without_nan(value.im, 0.0);
    const double modulus = bal_ddc_abs(y.value);
    if (radius == 0.0 && isfinite(modulus)) {
        y.low = modulus;
        y.high = modulus;
        return y;
    }
    y.radius = lost || isnan(radius) || !isfinite(modulus) ? HUGE_VAL : wider(radius);
    const double far = wider(modulus + y.radius);
    const double near = (modulus - y.radius) * (1.0 - SLACK) - modulus * SLACK;
    y.low = fmax(fmax(low * (1.0 - SLACK), 0.0), isfinite(near) ? near : 0.0);
    y.high = fmin(wider(high), far);
    if (isnan(y.high))
        y.high = HUGE_VAL;
    return y;
}

bal_bounded bal_bounded_modulus(bal_bounded x)
{
    const bool has_zero = x.low <= 0.0 && x.high >= 0.0;
    const double low = has_zero ? 0.0 : fmin(fabs(x.low), fabs(x.high));
    x.high = fmax(fabs(x.low), fabs(x.high));
    x.low = low;
    return x;
}

bal_bounded bal_bounded_truth_value(double truth, double margin, double limit)
{
    bal_bounded y = {
        .value = bal_ddc_real(truth), .margin = margin, .found = (double)NAN, .limit = limit};
    const bool known = truth == 0.0 || truth == 1.0;
    y.radius = known ? 0.0 : 0.5;
    y.low = known ? truth : 0.0;
    y.high = known ? truth : 1.0;
    return y;
}

double bal_bounded_truth(const bal_bounded *x, bool is_complex)
{
    if (x->low > 0.0 || (!is_complex && x->high < 0.0))
        return 1.0;
    return x->low == 0.0 && x->high == 0.0 ? 0.0 : 0.5;
}

/* Exact operands are compared with their low parts. */
double bal_bounded_less(const bal_bounded *a, const bal_bounded *b, bool or_equal)
{
    const bal_dd p = a->value.re;
    const bal_dd q = b->value.re;
    if (a->radius == 0.0 && b->radius == 0.0)
        return (or_equal ? !bal_dd_less(q, p) : bal_dd_less(p, q)) ? 1.0 : 0.0;
    if (or_equal ? a->high <= b->low : a->high < b->low)
        return 1.0;
    if (or_equal ? a->low > b->high : a->low >= b->high)
        return 0.0;
    return 0.5;
}
