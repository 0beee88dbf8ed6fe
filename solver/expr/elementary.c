/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions of the C library: f(hi) + lo f'(hi), so good to a few 1e-16 with the argument's low
 * part not lost. Real arguments take the real function and its domain, complex ones <complex.h>.
 */
#include "rules.h"

static bal_dd corrected(double y, double correction)
{
    return isfinite(y) && isfinite(correction) ? bal_two_sum(y, correction) : bal_dd_of(y);
}

static bal_dd real_value(const bal_rule *rule, bal_dd x)
{
    const double y = rule->real(x.hi);
    if (x.lo == 0.0)
        return bal_dd_of(y);
    const double complex slope = rule->slope(bal_cplx(x.hi, 0.0), bal_cplx(y, 0.0));
    return corrected(y, creal(slope) * x.lo);
}

static bal_ddc complex_value(const bal_rule *rule, bal_ddc x)
{
    const double complex x0 = bal_cplx(x.re.hi, x.im.hi);
    const double complex y = rule->cplx(x0);
    const double complex d = rule->slope(x0, y) * bal_cplx(x.re.lo, x.im.lo);
    return bal_ddc_of(corrected(creal(y), creal(d)), corrected(cimag(y), cimag(d)));
}

static const char *value(const bal_call *c, bal_ddc *y)
{
    const bal_rule *rule = c->rule;
    const bal_ddc x = c->x[0];
    if (c->is_complex) {
        *y = complex_value(rule, x);
        return !bal_ddc_is_finite(*y) && bal_dd_is_zero(x.im) ? rule->edge : NULL;
    }
    if (x.re.hi < rule->low || x.re.hi > rule->high)
        return rule->domain;
    *y = bal_ddc_dd(real_value(rule, x.re));
    return isinf(y->re.hi) && (x.re.hi == rule->low || x.re.hi == rule->high) ? rule->edge : NULL;
}

static bal_ddc tangent(const bal_call *c, const bal_ddc dx[], bal_ddc y)
{
    if (bal_ddc_is_zero(dx[0]))
        return dx[0];
    const double complex slope = c->rule->slope(bal_ddc_double(c->x[0]), bal_ddc_double(y));
    const bal_ddc s = c->is_complex ? bal_ddc_from(slope) : bal_ddc_real(creal(slope));
    return bal_ddc_mul(s, dx[0]);
}

static double complex log10_complex(double complex z)
{
    return clog(z) * 0.43429448190325182765;
}

static double complex slope_exp(double complex x, double complex y)
{
    (void)x;
    return y;
}

static double complex slope_ln(double complex x, double complex y)
{
    (void)y;
    return 1.0 / x;
}

static double complex slope_log10(double complex x, double complex y)
{
    (void)y;
    return 0.43429448190325182765 / x;
}

static double complex slope_sin(double complex x, double complex y)
{
    (void)y;
    return ccos(x);
}

static double complex slope_cos(double complex x, double complex y)
{
    (void)y;
    return -csin(x);
}

static double complex slope_tan(double complex x, double complex y)
{
    (void)x;
    return 1.0 + y * y;
}

static double complex slope_asin(double complex x, double complex y)
{
    (void)x;
    return 1.0 / ccos(y);
}

static double complex slope_acos(double complex x, double complex y)
{
    (void)x;
    return -1.0 / csin(y);
}

static double complex slope_atan(double complex x, double complex y)
{
    (void)y;
    return 1.0 / (1.0 + x * x);
}

static double complex slope_sinh(double complex x, double complex y)
{
    (void)y;
    return ccosh(x);
}

static double complex slope_cosh(double complex x, double complex y)
{
    (void)y;
    return csinh(x);
}

static double complex slope_tanh(double complex x, double complex y)
{
    (void)x;
    return 1.0 - y * y;
}

static double complex slope_asinh(double complex x, double complex y)
{
    (void)x;
    return 1.0 / ccosh(y);
}

static double complex slope_acosh(double complex x, double complex y)
{
    (void)x;
    return 1.0 / csinh(y);
}

static double complex slope_atanh(double complex x, double complex y)
{
    (void)y;
    return 1.0 / (1.0 - x * x);
}

static double complex slope_cbrt(double complex x, double complex y)
{
    (void)x;
    return 1.0 / (3.0 * y * y);
}

#define EVERYWHERE -HUGE_VAL, HUGE_VAL, NULL, NULL
#define UNIT_ARC -1.0, 1.0, "outside of -1 to 1, where the inverse function is real", NULL
#define LOGARITHM 0.0, HUGE_VAL, "logarithm of a negative number", "logarithm of zero"
#define RULE(name, bound, real, cplx, shape, ...)                                                  \
    const bal_rule bal_rule_##name = {value, tangent,      bound, real,                            \
                                      cplx,  slope_##name, shape, __VA_ARGS__}

RULE(exp, bal_bound_exp, exp, cexp, BAL_SHAPE_UP, EVERYWHERE);
RULE(ln, bal_bound_ln, log, clog, BAL_SHAPE_UP, LOGARITHM);
RULE(log10, bal_bound_log10, log10, log10_complex, BAL_SHAPE_UP, LOGARITHM);
RULE(sin, bal_bound_elementary, sin, csin, BAL_SHAPE_WAVE, EVERYWHERE);
RULE(cos, bal_bound_elementary, cos, ccos, BAL_SHAPE_WAVE, EVERYWHERE);
RULE(tan, bal_bound_tan, tan, ctan, BAL_SHAPE_UP, EVERYWHERE);
RULE(asin, bal_bound_elementary, asin, casin, BAL_SHAPE_UP, UNIT_ARC);
RULE(acos, bal_bound_elementary, acos, cacos, BAL_SHAPE_DOWN, UNIT_ARC);
RULE(atan, bal_bound_elementary, atan, catan, BAL_SHAPE_UP, EVERYWHERE);
RULE(sinh, bal_bound_elementary, sinh, csinh, BAL_SHAPE_UP, EVERYWHERE);
RULE(cosh, bal_bound_elementary, cosh, ccosh, BAL_SHAPE_EVEN, EVERYWHERE);
RULE(tanh, bal_bound_elementary, tanh, ctanh, BAL_SHAPE_UP, EVERYWHERE);
RULE(asinh, bal_bound_elementary, asinh, casinh, BAL_SHAPE_UP, EVERYWHERE);
RULE(acosh, bal_bound_elementary, acosh, cacosh, BAL_SHAPE_UP, 1.0, HUGE_VAL,
     "below 1, where acosh is not real", NULL);
RULE(atanh, bal_bound_elementary, atanh, catanh, BAL_SHAPE_UP, -1.0, 1.0,
     "outside of -1 to 1, where atanh is real", "a pole of atanh");
RULE(cbrt, bal_bound_elementary, cbrt, NULL, BAL_SHAPE_UP, EVERYWHERE);
