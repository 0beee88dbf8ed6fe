/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lossless line against Z(x) = z0 (ZL + j z0 tan x) / (z0 + j ZL tan x), at f = 0 and half
 * waves too. */
#include "models.h"

#include "bal_fixture.h"
#include "bal_test.h"

/* ---- line ---- */

/* Input impedance with `load` across the far end. */
static double complex line_input(bal_fixture *f, double hertz, double load)
{
    bal_fixture_assemble(f, hertz);
    bal_fixture_ground(f, 1);
    bal_fixture_ground(f, 3);
    f->a[2][2] += 1.0 / load;
    f->b[0] = 1.0;
    bal_fixture_solve(f);
    return f->b[0];
}

static void line_transforms_its_load(void **state)
{
    (void)state;
    const double td = 23.85e-9;
    const double z0 = 75.0;
    const double hertz[] = {0.0,   20.0, 1.3e6, 1.0 / (4.0 * 23.85e-9), 1.0 / (2.0 * 23.85e-9),
                            77.7e6};
    for (size_t i = 0; i < sizeof hertz / sizeof hertz[0]; i++) {
        bal_fixture f;
        bal_fixture_init(&f, "tline", "T1");
        bal_fixture_give(&f, "z0", 2.0 * z0);
        bal_fixture_give(&f, "td", td);
        f.dev.multiplicity = 2.0;
        assert_int_equal(f.dev.ops->check(&f.dev, &f.diag), BAL_OK);
        const double x = BAL_TWO_PI * hertz[i] * td;
        const double complex num = bal_cplx(330.0 * cos(x), z0 * sin(x));
        const double complex den = bal_cplx(z0 * cos(x), 330.0 * sin(x));
        assert_close_complex(line_input(&f, hertz[i], 330.0), z0 * num / den, 1e-13, 0.0);
        bal_fixture_release(&f);
    }
}

static void short_line_keeps_its_digits(void **state)
{
    (void)state;
    bal_fixture f;
    bal_fixture_init(&f, "tline", "T1");
    bal_fixture_give(&f, "z0", 75.0);
    bal_fixture_give(&f, "f", 1.3e6);
    bal_fixture_give(&f, "nl", 0.0301); /* td = 23.15 ns */
    const double x = BAL_TWO_PI * 20.0 * 0.0301 / 1.3e6;
    /* open: no conductance at all beside the capacitance, whose impedance is 26 Mohm */
    const double complex open = 1.0 / line_input(&f, 20.0, 1e300);
    assert_close(creal(open), 0.0, 0.0, 1e-24);
    assert_close(cimag(open), tan(x) / 75.0, 1e-14, 0.0);
    bal_fixture_release(&f);
}

static void line_needs_a_delay(void **state)
{
    (void)state;
    bal_fixture f;
    bal_fixture_init(&f, "tline", "T1");
    bal_fixture_give(&f, "z0", 75.0);
    assert_int_equal(f.dev.ops->check(&f.dev, &f.diag), BAL_E_DECK);
    bal_fixture_give(&f, "td", 1e-9);
    assert_int_equal(f.dev.ops->check(&f.dev, &f.diag), BAL_OK);
    bal_fixture_give(&f, "f", 1e6);
    assert_int_equal(f.dev.ops->check(&f.dev, &f.diag), BAL_E_DECK);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_transforms_its_load),
        cmocka_unit_test(short_line_keeps_its_digits),
        cmocka_unit_test(line_needs_a_delay),
    };
    return bal_run_tests(tests, argc, argv);
}
