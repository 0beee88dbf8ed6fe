/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * R, C, L and sources against closed forms: the rows that an element stamps are solved for its
 * impedance, or its entries are compared where the formula is the entry. What every row of
 * models.def must keep is checked on all of them.
 */
#include "models.h"

#include <string.h>

#include "bal_fixture.h"
#include "bal_test.h"
#include "ties.h"

/* ---- all rows ---- */

static void check_param(const bal_device_ops *ops, const bal_param_spec *p)
{
    assert_non_null(p->name);
    assert_non_null(p->unit);
    assert_non_null(p->help);
    assert_true(p->min <= p->max);
    for (const char *c = p->name; *c != '\0'; c++)
        assert_int_equal(*c, bal_lower(*c));
    if (!isnan(p->fallback)) {
        assert_true(p->fallback >= p->min && p->fallback <= p->max);
        assert_false((p->flags & BAL_POSITIVE) && p->fallback == p->min);
    }
    for (const bal_param_spec *q = ops->params; q < p; q++)
        assert_string_not_equal(p->name, q->name);
}

static void rows_are_well_formed(void **state)
{
    (void)state;
    size_t n = 0;
    const bal_device_ops *const *all = bal_elements(&n);
    assert_true(n >= 11);
    for (size_t i = 0; i < n; i++) {
        const bal_device_ops *ops = all[i];
        assert_true(ops->letter >= 'A' && ops->letter <= 'Z');
        assert_int_equal(ops->usage[0], ops->letter);
        assert_true(strncmp(ops->usage + 1, "name ", 5) == 0);
        assert_non_null(strchr(ops->summary, '.'));
        assert_non_null(ops->stamp);
        assert_in_range(ops->n_params, 1, BAL_MAX_PARAMS);
        for (int k = 0; k < ops->n_params; k++)
            check_param(ops, &ops->params[k]);
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(ops->letter, all[j]->letter);
            assert_string_not_equal(ops->name, all[j]->name);
        }
        if (ops->is_source) {
            assert_string_equal(ops->params[ops->ac_magnitude].name, "ac");
            assert_string_equal(ops->params[ops->ac_phase].name, "acphase");
            assert_true(ops->params[ops->ac_phase].flags & BAL_FOLLOWS);
        }
    }
}

/* ---- resistor ---- */

static void resistor_is_a_conductance(void **state)
{
    (void)state;
    bal_fixture f;
    bal_fixture_init(&f, "resistor", "R1");
    bal_fixture_give(&f, "r", 2385.0);
    assert_int_equal(bal_fixture_branches(&f.dev, 50.0), 0);
    assert_close_complex(bal_fixture_impedance(&f, 50.0), 2385.0, 1e-13, 0.0);
    bal_fixture_assert_current(&f, 50.0);
    bal_fixture_release(&f);
}

static void small_resistor_has_a_branch(void **state)
{
    (void)state;
    const double ohms[] = {0.0185, 0.0, -0.37};
    for (size_t i = 0; i < 3; i++) {
        bal_fixture f;
        bal_fixture_init(&f, "resistor", "R1");
        bal_fixture_give(&f, "r", ohms[i]);
        assert_int_equal(bal_fixture_branches(&f.dev, 50.0), 1);
        bal_fixture_assert_current(&f, 50.0);
        assert_close_complex(f.a[2][2], -ohms[i], 1e-16, 0.0);
        bal_ties ties = {0};
        assert_int_equal(bal_ties_of(&ties, &f.dev), BAL_OK);
        assert_int_equal(ties.entries[0].kind,
                         ohms[i] == 0.0 ? BAL_TIE_VOLTAGE : BAL_TIE_CONDUCTANCE);
        bal_ties_release(&ties);
        bal_fixture_release(&f);
    }
}

static void temperature_scale_and_m(void **state)
{
    (void)state;
    bal_fixture f;
    bal_fixture_init(&f, "resistor", "R1");
    bal_fixture_give(&f, "r", 2385.0);
    bal_fixture_give(&f, "tc1", 3.9e-3);
    bal_fixture_give(&f, "tc2", -5.8e-7);
    bal_fixture_give(&f, "dtemp", 4.5);
    bal_fixture_give(&f, "scale", 1.5);
    f.dev.temperature = 61.5;
    f.dev.multiplicity = 3.0;
    const double dt = 61.5 + 4.5 - 27.0;
    const double warm = 1.0 + 3.9e-3 * dt - 5.8e-7 * dt * dt;
    assert_close_complex(bal_fixture_impedance(&f, 50.0), 2385.0 * 1.5 * warm / 3.0, 1e-13, 0.0);
    bal_fixture_give(&f, "temp", -12.0); /* wins over the circuit's and dtemp */
    const double cold = 1.0 - 3.9e-3 * 39.0 - 5.8e-7 * 39.0 * 39.0;
    assert_close_complex(bal_fixture_impedance(&f, 50.0), 2385.0 * 1.5 * cold / 3.0, 1e-13, 0.0);
    bal_fixture_give(&f, "tc", 1.7e-3); /* the pair tc=a,b: its first value instead of tc1 */
    const double pair = 1.0 - 1.7e-3 * 39.0 - 5.8e-7 * 39.0 * 39.0;
    assert_close_complex(bal_fixture_impedance(&f, 50.0), 2385.0 * 1.5 * pair / 3.0, 1e-13, 0.0);
    bal_fixture_give(&f, "ac", 815.0);
    assert_close_complex(bal_fixture_impedance(&f, 50.0), 815.0 * 1.5 * pair / 3.0, 1e-13, 0.0);
    bal_fixture_release(&f);
}

static void resistor_of_the_frequency(void **state)
{
    (void)state;
    const bal_source text = {.name = "t", .text = "3.5+freq/200", .length = 12};
    bal_fixture f;
    bal_fixture_init(&f, "resistor", "R1");
    assert_int_equal(bal_expr_compile((bal_span){&text, 0, 12}, &(bal_names){0}, NULL, &f.arena,
                                      &f.diag, &f.functions[0]),
                     BAL_OK);
    f.dev.given = 1;
    f.dev.multiplicity = 2.0;
    assert_int_equal(bal_fixture_branches(&f.dev, 700.0), 1);
    assert_close_complex(bal_fixture_impedance(&f, 700.0), (3.5 + 700.0 / 200.0) / 2.0, 1e-13, 0.0);
    assert_close_complex(bal_fixture_impedance(&f, 20.0), (3.5 + 20.0 / 200.0) / 2.0, 1e-13, 0.0);
    bal_fixture_give(&f, "ac", 815.0);
    assert_close_complex(bal_fixture_impedance(&f, 700.0), 407.5, 1e-13, 0.0);
    bal_fixture_release(&f);
}

/* ---- capacitor and inductor ---- */

static void capacitor_forms(void **state)
{
    (void)state;
    const double hertz = 740.0;
    const double w = BAL_TWO_PI * hertz;
    const struct {
        double c, rser, lser, rpar, cpar, m;
        int branches;
    } rows[] = {
        {23.85e-9, 0.0, 0.0, 0.0, 0.0, 1.0, 0},
        {2385e-6, 0.0, 0.0, 0.0, 0.0, 1.0, 1},
        {23.85e-9, 0.0, 0.0, 5.6e3, 1.5e-9, 3.0, 0},
        {2385e-6, 0.0, 0.0, 470.0, 0.0, 2.0, 1},
        {23.85e-9, 12.5, 0.0, 0.0, 0.0, 1.0, 2},
        {23.85e-9, 12.5, 3.3e-3, 5.6e3, 1.5e-9, 2.5, 2},
        {2385e-6, 0.0125, 18e-9, 0.0, 0.0, 1.0, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bal_fixture f;
        bal_fixture_init(&f, "capacitor", "C1");
        bal_fixture_give(&f, "c", rows[i].c);
        bal_fixture_give(&f, "rser", rows[i].rser);
        bal_fixture_give(&f, "lser", rows[i].lser);
        bal_fixture_give(&f, "cpar", rows[i].cpar);
        if (rows[i].rpar > 0.0)
            bal_fixture_give(&f, "rpar", rows[i].rpar);
        f.dev.multiplicity = rows[i].m;
        assert_int_equal(bal_fixture_branches(&f.dev, hertz), rows[i].branches);
        const double complex own = bal_cplx(rows[i].rser, w * rows[i].lser - 1.0 / (w * rows[i].c));
        double complex y = 1.0 / own + bal_cplx(0.0, w * rows[i].cpar);
        if (rows[i].rpar > 0.0)
            y += 1.0 / rows[i].rpar;
        assert_close_complex(bal_fixture_impedance(&f, hertz), 1.0 / (rows[i].m * y), 1e-11, 0.0);
        bal_fixture_assert_current(&f, hertz);
        bal_fixture_release(&f);
    }
}

static void capacitor_at_zero(void **state)
{
    (void)state;
    bal_fixture f;
    bal_fixture_init(&f, "capacitor", "C1");
    bal_fixture_give(&f, "c", 0.0);
    bal_fixture_give(&f, "rser", 12.5);
    bal_fixture_assemble(&f, 0.0); /* i = 0, vc = v */
    bal_fixture_ground(&f, 1);
    f.a[0][0] += 1.0 / 200.0;
    f.b[0] = 1.0;
    bal_fixture_solve(&f);
    assert_close_complex(f.b[0], 200.0, 1e-14, 0.0);
    assert_close_complex(f.b[2], 0.0, 0.0, 1e-15);
    assert_close_complex(f.b[3], 200.0, 1e-14, 0.0);
    bal_fixture_release(&f);
}

static void inductor_forms(void **state)
{
    (void)state;
    const double hertz = 740.0;
    const double w = BAL_TWO_PI * hertz;
    const struct {
        double l, rser, rpar, cpar, m;
    } rows[] = {
        {23.85e-3, 0.0, 0.0, 0.0, 1.0},
        {23.85e-3, 4.7, 0.0, 0.0, 3.0},
        {23.85e-3, 4.7, 3.3e3, 12e-9, 2.5},
        {0.0, 4.7, 0.0, 0.0, 1.0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bal_fixture f;
        bal_fixture_init(&f, "inductor", "L1");
        bal_fixture_give(&f, "l", rows[i].l);
        bal_fixture_give(&f, "rser", rows[i].rser);
        bal_fixture_give(&f, "cpar", rows[i].cpar);
        if (rows[i].rpar > 0.0)
            bal_fixture_give(&f, "rpar", rows[i].rpar);
        f.dev.multiplicity = rows[i].m;
        double complex y =
            1.0 / bal_cplx(rows[i].rser, w * rows[i].l) + bal_cplx(0.0, w * rows[i].cpar);
        if (rows[i].rpar > 0.0)
            y += 1.0 / rows[i].rpar;
        assert_close_complex(bal_fixture_impedance(&f, hertz), 1.0 / (rows[i].m * y), 1e-12, 0.0);
        bal_fixture_assert_current(&f, hertz);
        bal_fixture_release(&f);
    }
}

/* ---- sources ---- */

static void sources_excite(void **state)
{
    (void)state;
    bal_fixture v;
    bal_fixture_init(&v, "vsource", "V1");
    bal_fixture_give(&v, "rser", 12.5);
    bal_fixture_give(&v, "portnum", 2.0);
    bal_fixture_give(&v, "z0", 75.0);
    v.dev.multiplicity = 2.0;
    bal_fixture_assemble(&v, 50.0);
    assert_close_complex(v.b[2], 1.0, 0.0, 0.0);
    bal_fixture_ground(&v, 1);
    v.a[0][0] += 1.0 / 330.0;
    bal_fixture_solve(&v);
    const double inner = (12.5 + 75.0) / 2.0;
    assert_close_complex(v.b[0], 330.0 / (330.0 + inner), 1e-14, 0.0);
    assert_close_complex(v.b[2], -1.0 / (330.0 + inner), 1e-14, 0.0); /* from a through V1 to b */
    bal_fixture_release(&v);

    bal_fixture i;
    bal_fixture_init(&i, "isource", "I1");
    i.dev.multiplicity = 2.5;
    bal_fixture_assemble(&i, 50.0);
    assert_close_complex(i.b[0], -2.5, 0.0, 0.0);
    assert_close_complex(i.b[1], 2.5, 0.0, 0.0);
    bal_fixture_release(&i);
}

static void controlled_by_voltage(void **state)
{
    (void)state;
    bal_fixture e;
    bal_fixture_init(&e, "vcvs", "E1");
    bal_fixture_give(&e, "gain", 23.85);
    bal_fixture_assemble(&e, 50.0);
    const double want[] = {1.0, -1.0, -23.85, 23.85, 0.0};
    for (int j = 0; j < 5; j++)
        assert_close_complex(e.a[4][j], want[j], 1e-16, 0.0);
    assert_close_complex(e.a[0][4], 1.0, 0.0, 0.0);
    assert_close_complex(e.a[1][4], -1.0, 0.0, 0.0);
    bal_fixture_release(&e);

    bal_fixture g;
    bal_fixture_init(&g, "vccs", "G1");
    bal_fixture_give(&g, "gm", 2.385e-3);
    g.dev.multiplicity = 3.0;
    bal_fixture_assert_current(&g, 50.0);
    bal_fixture_assemble(&g, 50.0);
    assert_close_complex(g.a[0][2], 7.155e-3, 1e-15, 0.0);
    assert_close_complex(g.a[0][3], -7.155e-3, 1e-15, 0.0);
    assert_close_complex(g.a[1][2], -7.155e-3, 1e-15, 0.0);
    assert_close_complex(g.a[1][3], 7.155e-3, 1e-15, 0.0);
    bal_ties ties = {0};
    assert_int_equal(bal_ties_of(&ties, &g.dev), BAL_OK);
    assert_int_equal(ties.entries[0].kind, BAL_TIE_CURRENT);
    g.nodes[2] = 1;
    g.nodes[3] = 2; /* across itself it is a conductance */
    assert_int_equal(bal_ties_of(&ties, &g.dev), BAL_OK);
    assert_int_equal(ties.entries[0].kind, BAL_TIE_CONDUCTANCE);
    bal_ties_release(&ties);
    bal_fixture_release(&g);
}

static void controlled_by_current(void **state)
{
    (void)state;
    bal_fixture v;
    bal_fixture f;
    bal_fixture h;
    bal_fixture_init(&v, "vsource", "Vsense");
    bal_fixture_init(&f, "cccs", "F1");
    bal_fixture_init(&h, "ccvs", "H1");
    v.dev.multiplicity = 4.0; /* four copies drawn as one: the branch holds the current of all */
    bal_fixture_refer(&f, &v);
    bal_fixture_give(&f, "gain", 23.85);
    f.dev.multiplicity = 4.0;
    assert_int_equal(f.dev.ops->check(&f.dev, &f.diag), BAL_OK);
    bal_fixture_assert_current(&f, 50.0);
    bal_fixture_assemble(&f, 50.0);
    assert_close_complex(f.a[0][2], 23.85, 1e-15, 0.0);
    assert_close_complex(f.a[1][2], -23.85, 1e-15, 0.0);
    bal_fixture_refer(&h, &v);
    bal_fixture_give(&h, "r", 238.5);
    bal_fixture_assemble(&h, 50.0);
    assert_close_complex(h.a[2][3], -238.5 / 4.0, 1e-15, 0.0);
    assert_close_complex(h.a[2][0], 1.0, 0.0, 0.0);
    bal_fixture_release(&f);
    bal_fixture_release(&h);
    bal_fixture_release(&v);
}

static void sensing_needs_a_branch(void **state)
{
    (void)state;
    bal_fixture r;
    bal_fixture f;
    bal_fixture_init(&r, "resistor", "R3");
    bal_fixture_init(&f, "cccs", "F1");
    bal_fixture_refer(&f, &r);
    assert_int_equal(f.dev.ops->check(&f.dev, &f.diag), BAL_E_DECK);
    assert_non_null(strstr(f.messages, "[E308]"));
    assert_non_null(strstr(f.messages, "'R3' is a resistor"));
    bal_fixture_release(&f);
    bal_fixture_release(&r);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_well_formed),
        cmocka_unit_test(resistor_is_a_conductance),
        cmocka_unit_test(small_resistor_has_a_branch),
        cmocka_unit_test(temperature_scale_and_m),
        cmocka_unit_test(resistor_of_the_frequency),
        cmocka_unit_test(capacitor_forms),
        cmocka_unit_test(capacitor_at_zero),
        cmocka_unit_test(inductor_forms),
        cmocka_unit_test(sources_excite),
        cmocka_unit_test(controlled_by_voltage),
        cmocka_unit_test(controlled_by_current),
        cmocka_unit_test(sensing_needs_a_branch),
    };
    return bal_run_tests(tests, argc, argv);
}
