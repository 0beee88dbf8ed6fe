/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lossy lines against Z(0) = Zc (ZL + Zc tanh x) / (Zc + ZL tanh x), x = sqrt(Z Y), for every
 * combination of r, l, g and c, short and long. */
#include "models.h"

#include "bal_fixture.h"
#include "bal_test.h"

/* Input impedance with `load` across the far end. */
static double complex input_of(bal_fixture *f, double hertz, double load)
{
    const bool three = f->dev.n_nodes == 3;
    const int far = three ? 1 : 2;
    bal_fixture_assemble(f, hertz);
    bal_fixture_ground(f, three ? 2 : 1);
    if (!three)
        bal_fixture_ground(f, 3);
    f->a[far][far] += 1.0 / load;
    f->b[0] = 1.0;
    bal_fixture_solve(f);
    return f->b[0];
}

static double complex expected(double hertz, const double rlgc[4], double load)
{
    const double complex z = bal_cplx(rlgc[0], BAL_TWO_PI * hertz * rlgc[1]);
    const double complex y = bal_cplx(rlgc[2], BAL_TWO_PI * hertz * rlgc[3]);
    const double complex x = csqrt(z * y);
    const double complex sinhc = x == 0.0 ? 1.0 : csinh(x) / x;
    return (load * ccosh(x) + z * sinhc) / (ccosh(x) + load * y * sinhc);
}

static void give_line(bal_fixture *f, const double rlgc[4], double length)
{
    static const char *const names[] = {"r", "l", "g", "c"};
    for (int i = 0; i < 4; i++)
        bal_fixture_give(f, names[i], rlgc[i] / length);
    bal_fixture_give(f, "len", length);
    assert_int_equal(f->dev.ops->check(&f->dev, &f->diag), BAL_OK);
}

static void every_combination(void **state)
{
    (void)state;
    const double whole[4] = {23.85, 7.7e-6, 3.1e-4, 1.3e-9};
    const double hertz[] = {0.0, 20.0, 31e3, 2.4e6, 77e6};
    for (unsigned mask = 0; mask < 16; mask++)
        for (size_t k = 0; k < sizeof hertz / sizeof hertz[0]; k++) {
            double rlgc[4];
            for (unsigned i = 0; i < 4; i++)
                rlgc[i] = mask >> i & 1U ? whole[i] : 0.0;
            bal_fixture f;
            bal_fixture_init(&f, mask & 1U ? "lossy line" : "single lossy line", "O1");
            give_line(&f, rlgc, 13.0);
            assert_close_complex(input_of(&f, hertz[k], 330.0), expected(hertz[k], rlgc, 330.0),
                                 2e-13, 0.0);
            bal_fixture_release(&f);
        }
}

static void copies_in_parallel(void **state)
{
    (void)state;
    const double rlgc[4] = {23.85, 7.7e-6, 3.1e-4, 1.3e-9};
    bal_fixture f;
    bal_fixture_init(&f, "lossy line", "O1");
    give_line(&f, rlgc, 13.0);
    f.dev.multiplicity = 4.0;
    assert_close_complex(input_of(&f, 31e3, 330.0), expected(31e3, rlgc, 4.0 * 330.0) / 4.0, 1e-13,
                         0.0);
    bal_fixture_assert_current(&f, 31e3);
    bal_fixture_release(&f);
}

static void needs_a_length(void **state)
{
    (void)state;
    bal_fixture f;
    bal_fixture_init(&f, "lossy line", "O1");
    assert_int_equal(f.dev.ops->check(&f.dev, &f.diag), BAL_E_DECK);
    assert_string_equal(f.messages, "[E302] neither 'O1' nor its model gives a length (len=)\n");
    bal_fixture_release(&f);
}

static void uniform_rc_line(void **state)
{
    (void)state;
    const double rlgc[4] = {1.3 * 2.1e3, 0.0, 0.0, 1.3 * 1.7e-9};
    bal_fixture f;
    bal_fixture_init(&f, "uniform RC line", "U1");
    bal_fixture_give(&f, "rperl", 2.1e3);
    bal_fixture_give(&f, "cperl", 1.7e-9);
    bal_fixture_give(&f, "len", 1.3);
    assert_int_equal(f.dev.ops->check(&f.dev, &f.diag), BAL_OK);
    for (double hertz = 20.0; hertz < 2e8; hertz *= 31.0)
        assert_close_complex(input_of(&f, hertz, 330.0), expected(hertz, rlgc, 330.0), 2e-13, 0.0);
    bal_fixture_give(&f, "isperl", 1e-9);
    assert_int_equal(f.dev.ops->check(&f.dev, &f.diag), BAL_E_DECK);
    assert_string_equal(f.messages,
                        "[E318] 'U1' has diodes along its length (isperl=): it is not linear\n");
    bal_fixture_release(&f);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_combination),
        cmocka_unit_test(copies_in_parallel),
        cmocka_unit_test(needs_a_length),
        cmocka_unit_test(uniform_rc_line),
    };
    return bal_run_tests(tests, argc, argv);
}
