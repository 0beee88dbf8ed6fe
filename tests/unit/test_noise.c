/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Noise of one device carried to an output: gains and densities against sums written by hand. */
#include <math.h>

#include "bal_test.h"
#include "noise.h"

enum { P_KIND, CURRENT = 1, VOLTAGE, MATRIX, INFINITE, ELIMINATED };

static double complex gain_of(int row)
{
    static const double parts[3][2] = {{2.385, 0.7}, {-1.3, 0.4}, {0.9, -2.1}};
    return bal_cplx(parts[row][0], parts[row][1]);
}

static void noise(const bal_device *dev, bal_noise *n)
{
    const int rows[2] = {0, 1};
    const double complex density[4] = {3.0, bal_cplx(1.1, 0.6), bal_cplx(1.1, -0.6), 2.2};
    switch ((int)dev->values[P_KIND].hi) {
    case CURRENT:
        bal_noise_current(n, 0, 1, 4.7);
        bal_noise_current(n, 1, 2, 3.3); /* terminal 2 is ground */
        break;
    case VOLTAGE:
        bal_noise_voltage(n, BAL_BRANCH(0), 5.6 + bal_noise_frequency(n));
        break;
    case MATRIX:
        bal_noise_matrix(n, 2, rows, density);
        break;
    case INFINITE:
        bal_noise_voltage(n, BAL_BRANCH(0), (double)INFINITY);
        break;
    default:
        bal_noise_current(n, 0, 1, 1.7);
        break;
    }
}

static const bal_device_ops ops = {
    .letter = 'X', .name = "noisy", .n_nodes = 3, .n_branches = 1, .noise = noise};

static bal_status run(int kind, double *density)
{
    const int nodes[3] = {1, 2, 0};
    const int unknown_of_node[3] = {-1, 0, 1};
    bal_dd values[1] = {bal_dd_of(kind)};
    const bal_device dev = {.ops = &ops, .nodes = nodes, .n_nodes = 3, .values = values};
    const bal_stamp_place place = {
        .unknown_of_node = unknown_of_node, .first_branch = 2, .n_branches = 1};
    bal_ddc gain[3];
    for (int i = 0; i < 3; i++)
        gain[i] = bal_ddc_of(bal_dd_of(creal(gain_of(i))), bal_dd_of(cimag(gain_of(i))));
    const bool dead[3] = {false, kind == ELIMINATED, false};
    bal_stamper st = {.frequency = bal_dd_of(23.85)};
    bal_noise n = {.st = &st, .gain = gain, .dead = dead};
    const bal_status status = bal_noise_run(&n, &dev, &place);
    *density = n.density;
    return status;
}

static double square(double complex z)
{
    return creal(z * conj(z));
}

static void currents_between_terminals(void **state)
{
    double got = 0.0;
    (void)state;
    assert_int_equal(run(CURRENT, &got), BAL_OK);
    assert_close(got, 4.7 * square(gain_of(0) - gain_of(1)) + 3.3 * square(gain_of(1)), 1e-14, 0.0);
}

static void voltage_of_a_branch(void **state)
{
    double got = 0.0;
    (void)state;
    assert_int_equal(run(VOLTAGE, &got), BAL_OK);
    assert_close(got, (5.6 + 23.85) * square(gain_of(2)), 1e-14, 0.0);
}

static void correlated_rows(void **state)
{
    double got = 0.0;
    (void)state;
    assert_int_equal(run(MATRIX, &got), BAL_OK);
    const double complex mixed = gain_of(0) * bal_cplx(1.1, 0.6) * conj(gain_of(1));
    assert_close(got, 3.0 * square(gain_of(0)) + 2.2 * square(gain_of(1)) + 2.0 * creal(mixed),
                 1e-14, 0.0);
}

static void faults(void **state)
{
    double got = 0.0;
    (void)state;
    assert_int_equal(run(INFINITE, &got), BAL_E_NUMERIC);
    assert_int_equal(run(ELIMINATED, &got), BAL_E_USAGE);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(currents_between_terminals),
        cmocka_unit_test(voltage_of_a_branch),
        cmocka_unit_test(correlated_rows),
        cmocka_unit_test(faults),
    };
    return bal_run_tests(tests, argc, argv);
}
