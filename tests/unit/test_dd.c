/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Double-double against __float128 (113 bits). Sums and products of two pairs do not fit it
 * exactly, so that the comparison itself is good to 2^-112; the operations promise BAL_DD_UNIT =
 * 2^-104.
 */
#include "dd.h"

#include <math.h>
#include <stdint.h>

#include "bal_test.h"

__extension__ typedef __float128 quad;

static uint64_t next(uint64_t *random)
{
    *random += 0x9e3779b97f4a7c15U; /* splitmix64 */
    uint64_t v = *random;
    v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9U;
    v = (v ^ (v >> 27)) * 0x94d049bb133111ebU;
    return v ^ (v >> 31);
}

static double uniform(uint64_t *random)
{
    return (double)(next(random) >> 11) * 0x1p-53;
}

/* Pairs of all shapes: full, without a low part, with a small one, next to powers of two;
 * |exponent| up to `range`. */
static bal_dd draw(uint64_t *random, int range)
{
    static const double awkward[] = {1.0,       1.0 + 0x1p-52, 2.0 - 0x1p-52, 1.5,
                                     4.0 / 3.0, 1.0 - 0x1p-53, 2.385,         1.0 + 0x1p-26};
    const unsigned kind = (unsigned)(next(random) % 4);
    const int exponent = (int)(next(random) % (2U * (unsigned)range + 1U)) - range;
    double hi = kind == 0 ? awkward[next(random) % 8] : 1.0 + uniform(random);
    hi = ldexp(next(random) % 2 ? hi : -hi, exponent);
    const double ulp = ldexp(0x1p-52, exponent);
    double lo = (uniform(random) - 0.5) * ulp;
    if (kind == 1)
        lo = 0.0;
    if (kind == 2)
        lo *= 0x1p-30;
    return bal_two_sum(hi, lo);
}

static quad wide(bal_dd a)
{
    return (quad)a.hi + (quad)a.lo;
}

/* The result is normalised, and its error is at most `units` of `scale`. */
static void check(const char *what, bal_dd got, quad want, quad scale, double units)
{
    const double error = fabs((double)(wide(got) - want));
    const double limit = units * BAL_DD_UNIT * fabs((double)scale);
    if (got.hi + got.lo != got.hi)
        fail_msg("%s: %a + %a is not normalised", what, got.hi, got.lo);
    if (!(error <= limit))
        fail_msg("%s: error %g, limit %g, value %g", what, error, limit, (double)want);
}

enum { ROUNDS = 50000 };

static void test_exact_transforms(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (int i = 0; i < ROUNDS; i++) {
        const double a = draw(&random, 20).hi;
        const double b = draw(&random, 20).hi;
        const bal_dd sum = bal_two_sum(a, b);
        const bal_dd product = bal_two_prod(a, b);
        assert_true(wide(sum) == (quad)a + (quad)b && sum.hi == a + b);
        assert_true(wide(product) == (quad)a * (quad)b && product.hi == a * b);
    }
}

static void test_arithmetic(void **state)
{
    (void)state;
    uint64_t random = 5;
    for (int i = 0; i < ROUNDS; i++) {
        const bal_dd a = draw(&random, 60);
        const bal_dd b = draw(&random, 60);
        const quad p = wide(a);
        const quad q = wide(b);
        check("sum", bal_dd_add(a, b), p + q, p + q, 1.0);
        check("difference", bal_dd_sub(a, b), p - q, p - q, 1.0);
        check("product", bal_dd_mul(a, b), p * q, p * q, 1.0);
        check("quotient", bal_dd_div(a, b), p / q, p / q, 1.0);
        check("scaled", bal_dd_scale(a, b.hi), p * (quad)b.hi, p * (quad)b.hi, 1.0);
    }
}

/* Operands that cancel: the error stays relative to the result, as the accurate sum promises. */
static void test_cancellation(void **state)
{
    (void)state;
    uint64_t random = 9;
    for (int i = 0; i < ROUNDS; i++) {
        const bal_dd a = draw(&random, 3);
        const double shift = ldexp(uniform(&random) - 0.5, -(int)(next(&random) % 90));
        const bal_dd b = bal_dd_neg(bal_dd_add(a, bal_dd_of(shift)));
        const quad want = wide(a) + wide(b);
        /* 2^-112 |a| is the rounding of the quads themselves */
        const quad scale = (want < 0 ? -want : want) + (quad)(fabs(a.hi) * 0x1p-8);
        check("cancelled", bal_dd_add(a, b), want, scale, 1.0);
    }
}

static void test_roots(void **state)
{
    (void)state;
    uint64_t random = 13;
    for (int i = 0; i < ROUNDS; i++) {
        const bal_dd a = bal_dd_abs(draw(&random, 200));
        const bal_dd r = bal_dd_sqrt(a);
        /* (r^2 - a) / a is twice the relative error of r */
        check("root", r, wide(r) - (wide(r) * wide(r) - wide(a)) / (2 * wide(r)), wide(r), 2.0);
    }
    assert_close(bal_dd_sqrt(bal_dd_of(0.0)).hi, 0.0, 0, 0);
    assert_true(isnan(bal_dd_sqrt(bal_dd_of(-2.0)).hi));
}

static void check_complex(const char *what, bal_ddc got, quad re, quad im, double units)
{
    const quad scale = (re < 0 ? -re : re) + (im < 0 ? -im : im);
    check(what, got.re, re, scale, units);
    check(what, got.im, im, scale, units);
}

static void test_complex(void **state)
{
    (void)state;
    uint64_t random = 17;
    for (int i = 0; i < ROUNDS; i++) {
        const bal_ddc a = {draw(&random, 30), draw(&random, 30)};
        const bal_ddc b = {draw(&random, 30), draw(&random, 30)};
        const quad ar = wide(a.re);
        const quad ai = wide(a.im);
        const quad br = wide(b.re);
        const quad bi = wide(b.im);
        const quad d = br * br + bi * bi;
        check_complex("complex product", bal_ddc_mul(a, b), ar * br - ai * bi, ar * bi + ai * br,
                      4.0);
        check_complex("complex quotient", bal_ddc_div(a, b), (ar * br + ai * bi) / d,
                      (ai * br - ar * bi) / d, 8.0);
    }
}

/* |b|^2 leaves the range of a double, b does not (nor the range of the split, 2^996). */
static void test_complex_range(void **state)
{
    (void)state;
    const bal_ddc big = {bal_dd_of(0x1.8p900), bal_dd_of(-0x1.1p901)};
    const bal_ddc small = {bal_dd_of(0x1.8p-900), bal_dd_of(0x1.1p-901)};
    bal_ddc one = bal_ddc_div(big, big);
    assert_close(one.re.hi, 1.0, 1e-15, 0);
    assert_close(one.im.hi, 0.0, 0, 1e-15);
    one = bal_ddc_div(small, small);
    assert_close(one.re.hi, 1.0, 1e-15, 0);
    assert_close(one.im.hi, 0.0, 0, 1e-15);
    assert_close(bal_ddc_abs(big), 0x1p900 * hypot(1.5, 2.125), 1e-15, 0);
}

static void test_comparison(void **state)
{
    (void)state;
    const bal_dd a = {2.385, 1e-20};
    const bal_dd b = {2.385, 2e-20};
    assert_true(bal_dd_less(a, b));
    assert_false(bal_dd_less(b, a));
    assert_false(bal_dd_less(a, a));
    assert_true(bal_dd_less(bal_dd_neg(a), a));
    assert_close(bal_dd_abs(bal_dd_neg(a)).lo, 1e-20, 0, 0);
    assert_false(bal_dd_is_finite(bal_dd_div(a, bal_dd_of(0.0))));
}

/* 2 pi and pi from a source of more digits than __float128 holds. */
static void test_constants(void **state)
{
    (void)state;
    const bal_dd pi = BAL_DD_PI;
    assert_close(pi.hi, 3.14159265358979323846, 0, 0);
    assert_close(pi.lo, 1.2246467991473532e-16, 1e-15, 0);
    assert_true(BAL_DD_2PI.hi == 2.0 * pi.hi && BAL_DD_2PI.lo == 2.0 * pi.lo);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact_transforms), cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_cancellation),     cmocka_unit_test(test_roots),
        cmocka_unit_test(test_complex),          cmocka_unit_test(test_complex_range),
        cmocka_unit_test(test_comparison),       cmocka_unit_test(test_constants),
    };
    return bal_run_tests(tests, argc, argv);
}
