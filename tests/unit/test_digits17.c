/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The oracle is the C library's %.17g (the test runs in the C locale). */
#include <stdio.h>
#include <string.h>

#include "bal_test.h"
#include "digits17.h"

static void assert_same_text(bal_digits17 *digits, double value)
{
    char want[64];
    char got[BAL_DIGITS17_SIZE + 1];
    snprintf(want, sizeof want, "%.17g", value);
    got[bal_digits17_print(digits, value, got)] = '\0';
    assert_string_equal(got, want);
}

static void special_values(void **state)
{
    bal_digits17 digits = {0};
    const double values[] = {0.0,
                             -0.0,
                             2.385,
                             -2.385,
                             1e16,
                             1e17,
                             1e22,
                             1e23,
                             1e-5,
                             1e-4,
                             123456.5,
                             0x1p-25,
                             0x1p-60,
                             5e-324,
                             1e-310,
                             1.797e308,
                             -1e300,
                             9007199254740993.0,
                             1e15,
                             0.1,
                             -100.25,
                             3e-300,
                             1e-283,
                             1e283,
                             99999999999999984.0,
                             9.9999999999999995e-8};
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        assert_same_text(&digits, values[i]);
}

/* Neighbours of powers of ten, where the number of digits before the point is in doubt. */
static void around_powers_of_ten(void **state)
{
    bal_digits17 digits = {0};
    (void)state;
    for (int k = -320; k <= 308; k++) {
        char text[16];
        double p = 0.0;
        snprintf(text, sizeof text, "1e%d", k);
        assert_int_equal(sscanf(text, "%lf", &p), 1);
        assert_same_text(&digits, p);
        assert_same_text(&digits, nextafter(p, 0.0));
        assert_same_text(&digits, -nextafter(p, HUGE_VAL));
    }
}

static void random_bits(void **state)
{
    bal_digits17 digits = {0};
    uint64_t bits = 88172645463325252U;
    (void)state;
    for (int i = 0; i < 100000; i++) {
        double value = 0.0;
        bits ^= bits << 13; /* Marsaglia 2003, xorshift64 */
        bits ^= bits >> 7;
        bits ^= bits << 17;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            assert_same_text(&digits, value);
    }
}

static void not_finite(void **state)
{
    bal_digits17 digits = {0};
    char text[BAL_DIGITS17_SIZE];
    (void)state;
    assert_int_equal(bal_digits17_print(&digits, (double)NAN, text), 3);
    assert_memory_equal(text, "nan", 3);
    assert_int_equal(bal_digits17_print(&digits, -HUGE_VAL, text), 4);
    assert_memory_equal(text, "-inf", 4);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(special_values),
        cmocka_unit_test(around_powers_of_ten),
        cmocka_unit_test(random_bits),
        cmocka_unit_test(not_finite),
    };
    return bal_run_tests(tests, argc, argv);
}
