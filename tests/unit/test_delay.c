/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sine and cosine in double-double against mpmath (500 bits, of the two doubles exactly as
 * written). */
#include "delay.h"

#include "bal_test.h"

typedef struct row {
    bal_dd angle, sine, cosine;
} row;

static const row rows[] = {
    {{0x1.930be0ded288dp-7, -0x1.8fc504816f007p-63},
     {0x1.930946d85ec23p-7, -0x1.6bc86c8485313p-64},
     {0x1.fff615ce9704fp-1, -0x1.1ad1fd82bee72p-55}}, /* 0.0123 */
    {{0x1.91eb851eb851fp-1, -0x1.1eb851eb851ecp-55},
     {0x1.69e4fd79ac743p-1, -0x1.68141679a02a3p-55},
     {0x1.6a2ecb934b59ap-1, -0x1.7884aa65a599bp-58}}, /* 0.785 */
    {{0x1.3147ae147ae14p+1, 0x1.eb851eb851eb8p-53},
     {0x1.5f76121c90c53p-1, -0x1.2445cb293b4e8p-56},
     {-0x1.7450d4c4932a9p-1, 0x1.74dcc11180436p-56}}, /* 2.385 */
    {{-0x1.f147ae147ae14p+2, -0x1.eb851eb851eb8p-52},
     {-0x1.fe320d41250e6p-1, 0x1.d6634e1a41b7fp-55},
     {0x1.5795a5d105c44p-4, -0x1.f115d99b5196cp-64}}, /* -7.77 */
    {{0x1.81cd6c8b43958p+13, 0x1.0624dd2f1a9fcp-43},
     {-0x1.687d5890971bdp-1, 0x1.bfa4e8ee57f57p-55},
     {0x1.6b94c3bbe279ap-1, 0x1.e55a87200beffp-58}}, /* 12345.678 */
    {{0x1.a13b86p+31, 0.0},
     {-0x1.cd02679db8befp-1, -0x1.b75814d0dc1bcp-55},
     {0x1.bd7c4b9a91356p-2, 0x1.db8007113857ap-58}}, /* 3.5e9 */
    {{0x1.5798ee2308c3ap-30, -0x1.03023df2d4c94p-85},
     {0x1.5798ee2308c3ap-30, -0x1.063b890c70e1p-85},
     {0x1p+0, -0x1.cd2b297d889bcp-61}}, /* 1.25e-9 */
};

static void assert_dd(bal_dd got, bal_dd want, double tolerance)
{
    const bal_dd error = bal_dd_sub(got, want);
    assert_close(error.hi + error.lo, 0.0, 0.0, tolerance);
}

static void sine_and_cosine(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bal_dd s;
        bal_dd c;
        bal_sine_cosine(rows[i].angle, &s, &c);
        const double unit = 0x1p-100 * fmax(1.0, fabs(rows[i].angle.hi));
        assert_dd(s, rows[i].sine, unit * fmin(1.0, fabs(rows[i].angle.hi)));
        assert_dd(c, rows[i].cosine, unit);
    }
}

static void huge_angles_have_no_phase(void **state)
{
    (void)state;
    bal_dd s;
    bal_dd c;
    bal_sine_cosine(bal_dd_of(1e30), &s, &c);
    assert_true(isnan(s.hi) && isnan(c.hi));
    bal_sine_cosine(bal_dd_of((double)INFINITY), &s, &c);
    assert_true(isnan(s.hi) && isnan(c.hi));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sine_and_cosine),
        cmocka_unit_test(huge_angles_have_no_phase),
    };
    return bal_run_tests(tests, argc, argv);
}
