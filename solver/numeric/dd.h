/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NUMERIC_DD_H
#define BAL_NUMERIC_DD_H

/*
 * Double-double arithmetic: an unevaluated sum hi + lo with |lo| <= ulp(hi)/2, about 31 digits
 * (Dekker 1971; Knuth TAOCP 2, 4.2.2; Joldes, Muller, Popescu 2017, algorithms 4, 6, 12, 17). The
 * error-free transforms give the same bits with and without hardware FMA. Compile with
 * -ffp-contract=off and without -ffast-math.
 */
#include <complex.h>
#include <math.h>
#include <stdbool.h>

typedef struct bal_dd {
    double hi;
    double lo;
} bal_dd;

typedef struct bal_ddc { /* complex */
    bal_dd re;
    bal_dd im;
} bal_ddc;

#define BAL_DD_UNIT 0x1p-104 /* bound of the relative error of one operation, generous */
#define BAL_DD_PI ((bal_dd){0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53})
#define BAL_DD_2PI ((bal_dd){0x1.921fb54442d18p+2, 0x1.1a62633145c07p-52})

/* C11's CMPLX does not exist under clang with glibc 2.36, and re + im*I destroys infinities. */
static inline double complex bal_cplx(double re, double im)
{
    union {
        double part[2];
        double complex z;
    } u = {{re, im}};
    return u.z;
}

/* a + b exactly: hi is the rounded sum. */
static inline bal_dd bal_two_sum(double a, double b)
{
    const double s = a + b;
    const double t = s - a;
    return (bal_dd){s, (a - (s - t)) + (b - t)};
}

/* The same for |a| >= |b| or a = 0. */
static inline bal_dd bal_quick_two_sum(double a, double b)
{
    const double s = a + b;
    return (bal_dd){s, b - (s - a)};
}

/* a * b exactly, barring underflow of the low part and overflow of the split above 2^996. */
static inline bal_dd bal_two_prod(double a, double b)
{
    const double p = a * b;
#ifdef __FMA__
    return (bal_dd){p, fma(a, b, -p)};
#else
    const double split = 134217729.0; /* 2^27 + 1, Dekker */
    const double ta = split * a;
    const double tb = split * b;
    const double ah = ta - (ta - a);
    const double bh = tb - (tb - b);
    const double al = a - ah;
    const double bl = b - bh;
    return (bal_dd){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
#endif
}

static inline bal_dd bal_dd_of(double a)
{
    return (bal_dd){a, 0.0};
}

static inline double bal_dd_double(bal_dd a)
{
    return a.hi + a.lo;
}

static inline bal_dd bal_dd_neg(bal_dd a)
{
    return (bal_dd){-a.hi, -a.lo};
}

static inline bal_dd bal_dd_add(bal_dd a, bal_dd b)
{
    bal_dd s = bal_two_sum(a.hi, b.hi);
    const bal_dd t = bal_two_sum(a.lo, b.lo);
    s = bal_quick_two_sum(s.hi, s.lo + t.hi);
    return bal_quick_two_sum(s.hi, s.lo + t.lo);
}

static inline bal_dd bal_dd_sub(bal_dd a, bal_dd b)
{
    return bal_dd_add(a, bal_dd_neg(b));
}

static inline bal_dd bal_dd_mul(bal_dd a, bal_dd b)
{
    const bal_dd p = bal_two_prod(a.hi, b.hi);
    return bal_quick_two_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline bal_dd bal_dd_scale(bal_dd a, double b)
{
    return bal_dd_mul(a, bal_dd_of(b));
}

/* b = 0 gives infinities or NaN: the caller checks. */
static inline bal_dd bal_dd_div(bal_dd a, bal_dd b)
{
    const double q1 = a.hi / b.hi;
    if (!isfinite(q1) || q1 == 0.0)
        return bal_dd_of(q1);
    bal_dd r = bal_dd_sub(a, bal_dd_scale(b, q1));
    const double q2 = r.hi / b.hi;
    r = bal_dd_sub(r, bal_dd_scale(b, q2));
    const double q3 = r.hi / b.hi;
    const bal_dd q = bal_quick_two_sum(q1, q2);
    return bal_dd_add(q, bal_dd_of(q3));
}

static inline bool bal_dd_is_zero(bal_dd a)
{
    return a.hi == 0.0;
}

static inline bool bal_dd_is_finite(bal_dd a)
{
    return isfinite(a.hi) && isfinite(a.lo);
}

static inline bool bal_dd_less(bal_dd a, bal_dd b)
{
    return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo);
}

static inline bal_dd bal_dd_abs(bal_dd a)
{
    return a.hi < 0.0 ? bal_dd_neg(a) : a;
}

/* One Newton step on the double root (Karp and Markstein 1997). a < 0 gives NaN. */
static inline bal_dd bal_dd_sqrt(bal_dd a)
{
    const double x = sqrt(a.hi);
    if (x == 0.0 || !isfinite(x))
        return bal_dd_of(x);
    const bal_dd r = bal_dd_sub(a, bal_two_prod(x, x));
    return bal_quick_two_sum(x, r.hi / (2.0 * x));
}

static inline bal_ddc bal_ddc_of(bal_dd re, bal_dd im)
{
    return (bal_ddc){re, im};
}

static inline bal_ddc bal_ddc_real(double re)
{
    return (bal_ddc){{re, 0.0}, {0.0, 0.0}};
}

static inline bal_ddc bal_ddc_from(double complex z)
{
    return (bal_ddc){{creal(z), 0.0}, {cimag(z), 0.0}};
}

static inline double complex bal_ddc_double(bal_ddc a)
{
    return bal_cplx(bal_dd_double(a.re), bal_dd_double(a.im));
}

static inline bal_ddc bal_ddc_neg(bal_ddc a)
{
    return (bal_ddc){bal_dd_neg(a.re), bal_dd_neg(a.im)};
}

static inline bal_ddc bal_ddc_conj(bal_ddc a)
{
    return (bal_ddc){a.re, bal_dd_neg(a.im)};
}

static inline bal_ddc bal_ddc_add(bal_ddc a, bal_ddc b)
{
    return (bal_ddc){bal_dd_add(a.re, b.re), bal_dd_add(a.im, b.im)};
}

static inline bal_ddc bal_ddc_sub(bal_ddc a, bal_ddc b)
{
    return (bal_ddc){bal_dd_sub(a.re, b.re), bal_dd_sub(a.im, b.im)};
}

static inline bal_ddc bal_ddc_scale(bal_ddc a, bal_dd b)
{
    return (bal_ddc){bal_dd_mul(a.re, b), bal_dd_mul(a.im, b)};
}

static inline bal_ddc bal_ddc_mul(bal_ddc a, bal_ddc b)
{
    return (bal_ddc){bal_dd_sub(bal_dd_mul(a.re, b.re), bal_dd_mul(a.im, b.im)),
                     bal_dd_add(bal_dd_mul(a.re, b.im), bal_dd_mul(a.im, b.re))};
}

/* |a| as a double; never overflows early. */
static inline double bal_ddc_abs(bal_ddc a)
{
    return hypot(bal_dd_double(a.re), bal_dd_double(a.im));
}

/* Scaled by a power of two near |b|, so that |b|^2 neither overflows nor underflows. */
static inline bal_ddc bal_ddc_div(bal_ddc a, bal_ddc b)
{
    const double m = fmax(fabs(b.re.hi), fabs(b.im.hi));
    if (m == 0.0 || !isfinite(m))
        return (bal_ddc){bal_dd_of(a.re.hi / m), bal_dd_of(a.im.hi / m)};
    int e = 0;
    (void)frexp(m, &e);
    const double up = ldexp(1.0, -e / 2);
    const double down = ldexp(1.0, -e - (-e / 2)); /* two steps: 2^-e itself may not fit */
    const bal_ddc c = {{b.re.hi * up * down, b.re.lo * up * down},
                       {b.im.hi * up * down, b.im.lo * up * down}};
    const bal_dd d = bal_dd_add(bal_dd_mul(c.re, c.re), bal_dd_mul(c.im, c.im));
    const bal_ddc n = bal_ddc_mul(a, bal_ddc_conj(c));
    const bal_dd re = bal_dd_div(n.re, d);
    const bal_dd im = bal_dd_div(n.im, d);
    return (bal_ddc){{re.hi * up * down, re.lo * up * down},
                     {im.hi * up * down, im.lo * up * down}};
}

static inline bool bal_ddc_is_finite(bal_ddc a)
{
    return bal_dd_is_finite(a.re) && bal_dd_is_finite(a.im);
}

static inline bool bal_ddc_is_zero(bal_ddc a)
{
    return a.re.hi == 0.0 && a.im.hi == 0.0;
}

#endif
