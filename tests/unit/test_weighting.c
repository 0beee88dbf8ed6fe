/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the standards: IEC 61672-1 table 3 (exact frequencies, one decimal) and ITU-R
 * BS.468-4 table 1 with its tolerances. */
#include <math.h>

#include "bal_test.h"
#include "weighting.h"

static double db(double x)
{
    return 20.0 * log10(x);
}

static void a_law_of_the_table(void **state)
{
    static const double a[34] = {-70.4, -63.4, -56.7, -50.5, -44.7, -39.4, -34.6, -30.2, -26.2,
                                 -22.5, -19.1, -16.1, -13.4, -10.9, -8.6,  -6.6,  -4.8,  -3.2,
                                 -1.9,  -0.8,  0.0,   0.6,   1.0,   1.2,   1.3,   1.2,   1.0,
                                 0.5,   -0.1,  -1.1,  -2.5,  -4.3,  -6.6,  -9.3};
    (void)state;
    for (int i = 0; i < 34; i++) { /* 10 Hz to 20 kHz in thirds of an octave to base ten */
        const double f = 1e3 * pow(10.0, (i - 20) / 10.0);
        assert_close(db(bal_weight_a(f)), a[i], 0.0, 0.0501);
    }
}

static void itu468_of_the_table(void **state)
{
    static const double rows[][3] = {{31.5, -29.9, 2.0},  {63, -23.9, 1.4},    {100, -19.8, 1.0},
                                     {200, -13.8, 0.85},  {400, -7.8, 0.7},    {800, -1.9, 0.55},
                                     {1000, 0.0, 0.5},    {2000, 5.6, 0.5},    {3150, 9.0, 0.5},
                                     {4000, 10.5, 0.5},   {5000, 11.7, 0.5},   {6300, 12.2, 0.01},
                                     {7100, 12.0, 0.2},   {8000, 11.4, 0.4},   {9000, 10.1, 0.6},
                                     {10000, 8.1, 0.8},   {12500, 0.0, 1.2},   {14000, -5.3, 1.4},
                                     {16000, -11.7, 1.6}, {20000, -22.2, 2.0}, {31500, -42.7, 2.8}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const double tight = rows[i][2] < 0.1 ? rows[i][2] + 0.05 : 0.1; /* they are rounded */
        assert_close(db(bal_weight_itu468(rows[i][0])), rows[i][1], 0.0, tight);
    }
}

static void arm_is_itu468_lowered(void **state)
{
    (void)state;
    assert_close(db(bal_weight_arm(1e3)), -5.6, 0.0, 1e-12);
    assert_close(db(bal_weight_arm(2e3)), 0.0, 0.0, 0.05);
    assert_close(db(bal_weight_arm(6.3e3)), 6.6, 0.0, 0.06);
}

static void ends(void **state)
{
    (void)state;
    assert_close(bal_weight_a(0.0), 0.0, 0.0, 0.0);
    assert_close(bal_weight_itu468(0.0), 0.0, 0.0, 0.0);
    assert_close(bal_weight_none(23.7), 1.0, 0.0, 0.0);
    assert_close(bal_weight_a(1e3), 1.0, 1e-15, 0.0);
    int n = 0;
    const bal_weighting *table = bal_weightings(&n);
    assert_int_equal(n, 4);
    assert_close(table[1].gain(100.0), bal_weight_a(100.0), 0.0, 0.0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_law_of_the_table),
        cmocka_unit_test(itu468_of_the_table),
        cmocka_unit_test(arm_is_itu468_lowered),
        cmocka_unit_test(ends),
    };
    return bal_run_tests(tests, argc, argv);
}
