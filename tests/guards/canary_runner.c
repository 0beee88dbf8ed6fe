/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests that must fail, and two that must pass: test_runner.sh asks for them one by one. */
#include <math.h>

#include "bal_test.h"
#include "dd.h"

static void pass_equal(void **state)
{
    (void)state;
    assert_close(2.385, 2.385 * (1.0 + 1e-15), 1e-14, 0.0);
    assert_close(1e-20, 0.0, 0.0, 1e-19);
    assert_close_complex(bal_cplx(3.0, 4.0), bal_cplx(3.0, 4.000001), 1e-6, 0.0);
}

static void pass_infinity(void **state)
{
    (void)state;
    assert_close((double)INFINITY, (double)INFINITY, 1e-9, 0.0);
}

static void fail_nan_got(void **state)
{
    (void)state;
    assert_close((double)NAN, 2.385, 1e9, 1e9);
}

static void fail_nan_both(void **state)
{
    (void)state;
    assert_close((double)NAN, (double)NAN, 1e9, 1e9);
}

static void fail_infinite_got(void **state)
{
    (void)state;
    assert_close((double)INFINITY, 2.385, 1e9, (double)INFINITY);
}

static void fail_infinite_want(void **state)
{
    (void)state;
    assert_close(2.385, (double)INFINITY, 1e-9, 0.0);
}

static void fail_sign(void **state)
{
    (void)state;
    assert_close(-2.385, 2.385, 1e-9, 1e-9);
}

static void fail_relative(void **state)
{
    (void)state;
    assert_close(2.385e-9 * (1.0 + 3e-12), 2.385e-9, 1e-12, 1e-30);
}

static void fail_complex_phase(void **state)
{
    (void)state;
    assert_close_complex(bal_cplx(3.0, 4.0), bal_cplx(3.0, -4.0), 1e-9, 1e-9);
}

static void fail_complex_nan(void **state)
{
    (void)state;
    assert_close_complex(bal_cplx(3.0, (double)NAN), bal_cplx(3.0, 4.0), 1e9, 1e9);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(pass_equal),         cmocka_unit_test(pass_infinity),
    cmocka_unit_test(fail_nan_got),       cmocka_unit_test(fail_nan_both),
    cmocka_unit_test(fail_infinite_got),  cmocka_unit_test(fail_infinite_want),
    cmocka_unit_test(fail_sign),          cmocka_unit_test(fail_relative),
    cmocka_unit_test(fail_complex_phase), cmocka_unit_test(fail_complex_nan),
};

int main(int argc, char **argv)
{
    return bal_run_tests(tests, argc, argv);
}
