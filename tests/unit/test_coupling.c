/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Couplings: the mutual inductances they stamp, and which groups of windings they refuse. */
#include "inductor.h"

#include <string.h>

#include "bal_fixture.h"
#include "bal_test.h"

/* ---- couplings ---- */

enum { N_WINDINGS = 4 };
typedef struct windings {
    bal_fixture l[N_WINDINGS];
} windings;

static void windings_init(windings *w)
{
    const char *const names[] = {"L1", "L2", "L3", "L4"};
    const double henry[] = {2.385, 0.45, 6.2e-3, 0.0};
    for (int i = 0; i < N_WINDINGS; i++) {
        bal_fixture_init(&w->l[i], "inductor", names[i]);
        bal_fixture_give(&w->l[i], "l", henry[i]);
    }
}

static void couple(bal_fixture *k, const windings *w, const char *name, const int *which,
                   double factor)
{
    bal_fixture_init(k, "coupling", name);
    for (; *which >= 0; which++)
        bal_fixture_refer(k, &w->l[*which]);
    bal_fixture_give(k, "k", factor);
}

static void coupling_stamps_mutual(void **state)
{
    (void)state;
    windings w;
    bal_fixture k;
    windings_init(&w);
    bal_fixture_give(&w.l[1], "tc1", 2e-3);
    w.l[1].dev.temperature = 52.0;
    w.l[0].dev.multiplicity = 2.0;
    couple(&k, &w, "K1", (const int[]){0, 1, 2, -1}, 0.87);
    assert_int_equal(k.dev.ops->check(&k.dev, &k.diag), BAL_OK);
    const double l[] = {2.385 / 2.0, 0.45 * (1.0 + 2e-3 * 25.0), 6.2e-3};
    for (int i = 0; i < 3; i++)
        assert_close(bal_dd_double(bal_inductance(&w.l[i].dev)), l[i], 1e-15, 0.0);
    bal_fixture_assemble(&k, 50.0);
    assert_int_equal(k.n, 3);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            assert_close_complex(
                k.a[i][j],
                i == j ? 0.0 : bal_cplx(0.0, -BAL_TWO_PI * 50.0 * 0.87 * sqrt(l[i] * l[j])), 1e-14,
                0.0);
    bal_fixture_release(&k);
}

static void coupling_refuses(void **state)
{
    (void)state;
    windings w;
    bal_fixture k;
    windings_init(&w);
    couple(&k, &w, "K1", (const int[]){0, 1, 0, -1}, 0.5);
    assert_int_equal(k.dev.ops->check(&k.dev, &k.diag), BAL_E_DECK);
    assert_non_null(strstr(k.messages, "'L1' to itself"));
    couple(&k, &w, "K1", (const int[]){0, -1}, 0.5);
    assert_int_equal(k.dev.ops->check(&k.dev, &k.diag), BAL_E_DECK);
    couple(&k, &w, "K1", (const int[]){0, 1, -1}, 0.5);
    bal_fixture_give(&w.l[1], "l", -0.3);
    assert_int_equal(k.dev.ops->check(&k.dev, &k.diag), BAL_E_DECK);
    assert_non_null(strstr(k.messages, "negative"));
    bal_fixture r;
    bal_fixture_init(&r, "resistor", "R9");
    k.refs[1] = &r.dev;
    assert_int_equal(k.dev.ops->check(&k.dev, &k.diag), BAL_E_DECK);
    assert_non_null(strstr(k.messages, "'R9' is a resistor"));
}

/* check_all over up to three couplings of pairs; the messages are left in k[0]. */
static bal_status check_pairs(bal_fixture k[3], const windings *w, const double factors[3])
{
    const int pairs[3][3] = {{0, 1, -1}, {1, 2, -1}, {0, 2, -1}};
    const char *const names[] = {"K12", "K23", "K13"};
    const bal_device *devices[3];
    for (int i = 0; i < 3; i++) {
        couple(&k[i], w, names[i], pairs[i], factors[i]);
        devices[i] = &k[i].dev;
    }
    return k[0].dev.ops->check_all(devices, 3, &k[0].diag);
}

static void windings_must_be_passive(void **state)
{
    (void)state;
    windings w;
    bal_fixture k[3];
    windings_init(&w);
    assert_int_equal(check_pairs(k, &w, (const double[]){1.0, 1.0, 1.0}), BAL_OK);
    assert_int_equal(check_pairs(k, &w, (const double[]){1.0, -1.0, -1.0}), BAL_OK);
    assert_int_equal(check_pairs(k, &w, (const double[]){0.9, 0.9, 0.62}), BAL_OK); /* the limit */
    assert_int_equal(check_pairs(k, &w, (const double[]){0.9, 0.9, 0.6199}), BAL_E_DECK);
    assert_non_null(strstr(k[0].messages, "[E317]"));
    assert_non_null(strstr(k[0].messages, "'L1', 'L2', 'L3' cannot be coupled"));
    assert_int_equal(check_pairs(k, &w, (const double[]){1.0, 1.0, 1.0 - 1e-12}), BAL_E_DECK);
    bal_fixture_give(&w.l[1], "l", 0.0); /* without L2 nothing is wrong */
    assert_int_equal(check_pairs(k, &w, (const double[]){0.9, 0.9, 0.5}), BAL_OK);
}

static void pairs_are_coupled_once(void **state)
{
    (void)state;
    windings w;
    bal_fixture a;
    bal_fixture b;
    windings_init(&w);
    couple(&a, &w, "K1", (const int[]){0, 1, -1}, 0.5);
    couple(&b, &w, "K2", (const int[]){2, 1, 0, -1}, 0.5);
    const bal_device *const devices[] = {&a.dev, &b.dev};
    assert_int_equal(a.dev.ops->check_all(devices, 2, &a.diag), BAL_E_DECK);
    assert_non_null(strstr(a.messages, "'L1' and 'L2' are coupled already, by 'K1'"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coupling_stamps_mutual),
        cmocka_unit_test(coupling_refuses),
        cmocka_unit_test(windings_must_be_passive),
        cmocka_unit_test(pairs_are_coupled_once),
    };
    return bal_run_tests(tests, argc, argv);
}
