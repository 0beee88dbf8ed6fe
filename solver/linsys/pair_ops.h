/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_LINSYS_PAIR_OPS_H
#define BAL_LINSYS_PAIR_OPS_H

#include "dd.h"

/*
 * Two doubles at once: a vector register where SSE2 is (every x86-64), a plain struct elsewhere.
 * The same operations in the same order, hence the same bits.
 */
#if defined(__SSE2__)
#include <immintrin.h>

typedef __m128d bal_v2;

static inline bal_v2 bal_v2_load(const double p[2])
{
    return _mm_loadu_pd(p);
}

static inline void bal_v2_store(double p[2], bal_v2 a)
{
    _mm_storeu_pd(p, a);
}

static inline bal_v2 bal_v2_both(double a)
{
    return _mm_set1_pd(a);
}

static inline bal_v2 bal_v2_plus(bal_v2 a, bal_v2 b)
{
    return _mm_add_pd(a, b);
}

static inline bal_v2 bal_v2_minus(bal_v2 a, bal_v2 b)
{
    return _mm_sub_pd(a, b);
}

static inline bal_v2 bal_v2_times(bal_v2 a, bal_v2 b)
{
    return _mm_mul_pd(a, b);
}

static inline bal_v2 bal_v2_negative(bal_v2 a)
{
    return _mm_xor_pd(a, _mm_set1_pd(-0.0));
}

static inline bal_v2 bal_v2_modulus(bal_v2 a)
{
    return _mm_andnot_pd(_mm_set1_pd(-0.0), a);
}

/* The larger ones; b where the order is not told (NaN). */
static inline bal_v2 bal_v2_larger(bal_v2 a, bal_v2 b)
{
    return _mm_max_pd(a, b);
}

/* Multiplication of (re, im) by the imaginary unit: (-im, re). */
static inline bal_v2 bal_v2_turn(bal_v2 a)
{
    return _mm_xor_pd(_mm_shuffle_pd(a, a, 1), _mm_set_pd(0.0, -0.0));
}

#else

typedef struct bal_v2 {
    double v[2];
} bal_v2;

static inline bal_v2 bal_v2_load(const double p[2])
{
    return (bal_v2){{p[0], p[1]}};
}

static inline void bal_v2_store(double p[2], bal_v2 a)
{
    p[0] = a.v[0];
    p[1] = a.v[1];
}

static inline bal_v2 bal_v2_both(double a)
{
    return (bal_v2){{a, a}};
}

static inline bal_v2 bal_v2_plus(bal_v2 a, bal_v2 b)
{
    return (bal_v2){{a.v[0] + b.v[0], a.v[1] + b.v[1]}};
}

static inline bal_v2 bal_v2_minus(bal_v2 a, bal_v2 b)
{
    return (bal_v2){{a.v[0] - b.v[0], a.v[1] - b.v[1]}};
}

static inline bal_v2 bal_v2_times(bal_v2 a, bal_v2 b)
{
    return (bal_v2){{a.v[0] * b.v[0], a.v[1] * b.v[1]}};
}

static inline bal_v2 bal_v2_negative(bal_v2 a)
{
    return (bal_v2){{-a.v[0], -a.v[1]}};
}

static inline bal_v2 bal_v2_modulus(bal_v2 a)
{
    return (bal_v2){{fabs(a.v[0]), fabs(a.v[1])}};
}

static inline bal_v2 bal_v2_larger(bal_v2 a, bal_v2 b)
{
    return (bal_v2){{a.v[0] > b.v[0] ? a.v[0] : b.v[0], a.v[1] > b.v[1] ? a.v[1] : b.v[1]}};
}

static inline bal_v2 bal_v2_turn(bal_v2 a)
{
    return (bal_v2){{-a.v[1], a.v[0]}};
}
#endif

/* a * b - product, exactly, where product is the rounded a * b: see bal_two_prod. */
static inline bal_v2 bal_v2_rest(bal_v2 a, bal_v2 b, bal_v2 product)
{
#if defined(__SSE2__) && defined(__FMA__)
    return _mm_fmsub_pd(a, b, product);
#else
    const bal_v2 split = bal_v2_both(134217729.0);
    const bal_v2 ta = bal_v2_times(split, a);
    const bal_v2 tb = bal_v2_times(split, b);
    const bal_v2 ah = bal_v2_minus(ta, bal_v2_minus(ta, a));
    const bal_v2 bh = bal_v2_minus(tb, bal_v2_minus(tb, b));
    const bal_v2 al = bal_v2_minus(a, ah);
    const bal_v2 bl = bal_v2_minus(b, bh);
    const bal_v2 high = bal_v2_minus(bal_v2_times(ah, bh), product);
    const bal_v2 middle =
        bal_v2_plus(bal_v2_plus(high, bal_v2_times(ah, bl)), bal_v2_times(al, bh));
    return bal_v2_plus(middle, bal_v2_times(al, bl));
#endif
}

/* a + b - sum, exactly, where sum is the rounded a + b: see bal_two_sum. */
static inline bal_v2 bal_v2_lost(bal_v2 a, bal_v2 b, bal_v2 sum)
{
    const bal_v2 t = bal_v2_minus(sum, a);
    return bal_v2_plus(bal_v2_minus(a, bal_v2_minus(sum, t)), bal_v2_minus(b, t));
}

static inline double bal_v2_largest(bal_v2 a)
{
    double v[2];
    bal_v2_store(v, a);
    return v[0] > v[1] ? v[0] : v[1];
}

static inline double bal_v2_total(bal_v2 a)
{
    double v[2];
    bal_v2_store(v, a);
    return v[0] + v[1];
}

#endif
