/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_LINSYS_PAIR_OPS_H
#define BAL_LINSYS_PAIR_OPS_H

#include "dd.h"

/*
 * Two doubles at once, as a vector register where FMA and AVX2 are compiled in and as a plain
 * struct elsewhere. The same operations in the same order, hence the same bits.
 */
#if defined(__AVX2__) && defined(__FMA__)
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

/* a * b - product, exactly, where product is the rounded a * b. */
static inline bal_v2 bal_v2_rest(bal_v2 a, bal_v2 b, bal_v2 product)
{
    return _mm_fmsub_pd(a, b, product);
}

/* Multiplication by the imaginary unit of (re, im): (-im, re). */
static inline bal_v2 bal_v2_turn(bal_v2 a)
{
    return _mm_xor_pd(_mm_shuffle_pd(a, a, 1), _mm_set_pd(0.0, -0.0));
}

static inline bal_v2 bal_v2_negative(bal_v2 a)
{
    return _mm_xor_pd(a, _mm_set1_pd(-0.0));
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

static inline bal_v2 bal_v2_rest(bal_v2 a, bal_v2 b, bal_v2 product)
{
    (void)product;
    return (bal_v2){{bal_two_prod(a.v[0], b.v[0]).lo, bal_two_prod(a.v[1], b.v[1]).lo}};
}

static inline bal_v2 bal_v2_turn(bal_v2 a)
{
    return (bal_v2){{-a.v[1], a.v[0]}};
}

static inline bal_v2 bal_v2_negative(bal_v2 a)
{
    return (bal_v2){{-a.v[0], -a.v[1]}};
}
#endif

#endif
