/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The presets of .spectrum against the Fourier integrals of their waveforms, done numerically. */
#include <math.h>

#include "bal_test.h"
#include "hum.h"

enum { STEPS = 36000 }; /* the edges at 30, 90, 150 ... degrees fall between midpoints */

static double rectifier(double degrees)
{
    const double x = remainder(degrees, 180.0);
    const double sign = fabs(remainder(degrees, 360.0)) < 90.0 ? 1.0 : -1.0;
    return fabs(x) < 30.0 ? sign * cos(3.0 * x * acos(-1.0) / 180.0) : 0.0;
}

static double dimmer(double degrees)
{
    const double x = fmod(degrees, 180.0);
    return x > 90.0 ? sin(degrees * acos(-1.0) / 180.0) : 0.0;
}

static double modulus(double (*wave)(double), int n)
{
    double re = 0.0;
    double im = 0.0;
    for (int k = 0; k < STEPS; k++) {
        const double degrees = 360.0 * (k + 0.5) / STEPS;
        const double angle = n * degrees * acos(-1.0) / 180.0;
        re += wave(degrees) * cos(angle);
        im += wave(degrees) * sin(angle);
    }
    return hypot(re, im);
}

static void check(const char *name, double (*wave)(double))
{
    double line[BAL_LINES];
    assert_true(bal_spectrum_preset(bal_text_of(name), line));
    const double first = modulus(wave, 1);
    for (int n = 1; n <= BAL_LINES; n += n < 12 ? 1 : 7)
        assert_close(line[n - 1], modulus(wave, n) / first, 0.0, 2e-6);
}

static void rectifier_is_pulses(void **state)
{
    (void)state;
    check("rectifier", rectifier);
}

static void rectifier_lacks_lines(void **state)
{
    (void)state;
    double line[BAL_LINES];
    assert_true(bal_spectrum_preset(bal_text_of("rectifier"), line));
    for (int n = 9; n <= BAL_LINES; n += 6) /* cos(n pi/6) = 0 */
        assert_true(line[n - 1] == 0.0);
    assert_true(line[2] > 0.0);
}

static void dimmer_is_a_cut_sine(void **state)
{
    (void)state;
    check("Dimmer", dimmer);
}

static void sine_is_one_line(void **state)
{
    (void)state;
    double line[BAL_LINES];
    assert_true(bal_spectrum_preset(bal_text_of("sine"), line));
    for (int n = 1; n <= BAL_LINES; n++)
        assert_close(line[n - 1], n == 1 ? 1.0 : 0.0, 0.0, 0.0);
    assert_false(bal_spectrum_preset(bal_text_of("triac"), line));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rectifier_is_pulses),
        cmocka_unit_test(rectifier_lacks_lines),
        cmocka_unit_test(dimmer_is_a_cut_sine),
        cmocka_unit_test(sine_is_one_line),
    };
    return bal_run_tests(tests, argc, argv);
}
