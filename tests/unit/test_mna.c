/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small circuits of models defined here, against closed forms. */
#include "mna.h"

#include <string.h>

#include "bal_test.h"
#include "stamper.h"
#include "ties.h"

/* ---- models ---- */

static int few_ohms(const bal_device *dev, const bal_sweep_range *range)
{
    return fabs(dev->values[0].hi) < range->r_branch ? 1 : 0;
}

static void resistor_stamp(const bal_device *dev, bal_stamper *st)
{
    if (bal_stamp_branch_count(st, -1) == 0) {
        bal_stamp_admittance(st, 'g', 0, 1, bal_dd_div(bal_dd_of(1.0), dev->values[0]));
        return;
    }
    bal_stamp_branch(st, 0, 1, 0);
    bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(dev->values[0]));
}

static void resistor_current(const bal_device *dev, bal_stamper *st)
{
    if (bal_stamp_branch_count(st, -1) > 0) {
        bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(1.0));
        return;
    }
    const bal_dd g = bal_dd_div(bal_dd_of(1.0), dev->values[0]);
    bal_stamp_g(st, 0, 0, g);
    bal_stamp_g(st, 0, 1, bal_dd_neg(g));
}

static void resistor_ties(const bal_device *dev, bal_ties *ties)
{
    bal_tie(ties, bal_dd_is_zero(dev->values[0]) ? BAL_TIE_VOLTAGE : BAL_TIE_CONDUCTANCE, 0, 1);
}

static void capacitor_stamp(const bal_device *dev, bal_stamper *st)
{
    bal_stamp_admittance(st, 'c', 0, 1, dev->values[0]);
}

static void capacitor_current(const bal_device *dev, bal_stamper *st)
{
    bal_stamp_c(st, 0, 0, dev->values[0]);
    bal_stamp_c(st, 0, 1, bal_dd_neg(dev->values[0]));
}

static void inductor_stamp(const bal_device *dev, bal_stamper *st)
{
    bal_stamp_branch(st, 0, 1, 0);
    bal_stamp_c(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(dev->values[0]));
}

/* values[0] is the mutual inductance itself. */
static void coupling_stamp(const bal_device *dev, bal_stamper *st)
{
    bal_stamp_c(st, BAL_REF(0, 0), BAL_REF(1, 0), bal_dd_neg(dev->values[0]));
    bal_stamp_c(st, BAL_REF(1, 0), BAL_REF(0, 0), bal_dd_neg(dev->values[0]));
}

static void voltage_stamp(const bal_device *dev, bal_stamper *st)
{
    (void)dev;
    bal_stamp_branch(st, 0, 1, 0);
    bal_stamp_source(st, BAL_BRANCH(0), bal_dd_of(1.0));
}

static void current_stamp(const bal_device *dev, bal_stamper *st)
{
    (void)dev;
    bal_stamp_source(st, 0, bal_dd_of(-1.0));
    bal_stamp_source(st, 1, bal_dd_of(1.0));
}

/* An admittance of values[0] * (f / 1 kHz)^2 * (1 + 0.5j) siemens. */
static void block_stamp_at(const bal_device *dev, bal_stamper *st)
{
    const bal_dd f = bal_dd_scale(bal_stamp_frequency(st), 1e-3);
    const bal_dd g = bal_dd_mul(dev->values[0], bal_dd_mul(f, f));
    const bal_ddc y = {g, bal_dd_scale(g, 0.5)};
    bal_stamp_block(st, 0, 0, y);
    bal_stamp_block(st, 0, 1, bal_ddc_neg(y));
    bal_stamp_block(st, 1, 0, bal_ddc_neg(y));
    bal_stamp_block(st, 1, 1, y);
}

static void wrong_stamp(const bal_device *dev, bal_stamper *st)
{
    bal_stamp_g(st, 0, BAL_BRANCH(3), dev->values[0]);
}

static const bal_device_ops resistor = {.letter = 'R',
                                        .n_nodes = 2,
                                        .branches = few_ohms,
                                        .stamp = resistor_stamp,
                                        .current = resistor_current,
                                        .ties = resistor_ties};
static const bal_device_ops capacitor = {
    .letter = 'C', .n_nodes = 2, .stamp = capacitor_stamp, .current = capacitor_current};
static const bal_device_ops inductor = {
    .letter = 'L', .n_nodes = 2, .n_branches = 1, .stamp = inductor_stamp};
static const bal_device_ops coupling = {.letter = 'K', .stamp = coupling_stamp};
static const bal_device_ops voltage = {
    .letter = 'V', .n_nodes = 2, .n_branches = 1, .is_source = true, .stamp = voltage_stamp};
static const bal_device_ops current = {
    .letter = 'I', .n_nodes = 2, .is_source = true, .stamp = current_stamp};
static const bal_device_ops block = {
    .letter = 'Y', .n_nodes = 2, .stamp = block_stamp_at, .stamp_at = block_stamp_at};
static const bal_device_ops wrong = {.letter = 'W', .n_nodes = 2, .stamp = wrong_stamp};

/* ---- circuits ---- */

enum { MAX_DEVICES = 16, MAX_UNKNOWNS = 32 };

typedef struct circuit {
    bal_device devices[MAX_DEVICES];
    bal_dd values[MAX_DEVICES];
    int nodes[MAX_DEVICES][2];
    const bal_device *list[MAX_DEVICES];
    const bal_device *refs[2];
    int n;
    int n_sources;
    bal_mna_input input;
} circuit;

static int add(circuit *ct, const bal_device_ops *ops, int a, int b, bal_dd value)
{
    const int k = ct->n++;
    ct->nodes[k][0] = a;
    ct->nodes[k][1] = b;
    ct->values[k] = value;
    ct->devices[k] = (bal_device){.ops = ops,
                                  .nodes = ct->nodes[k],
                                  .n_nodes = ops->n_nodes,
                                  .values = &ct->values[k],
                                  .multiplicity = 1.0,
                                  .source = ops->is_source ? ct->n_sources++ : -1};
    ct->list[k] = &ct->devices[k];
    return k;
}

static int add_number(circuit *ct, const bal_device_ops *ops, int a, int b, double value)
{
    return add(ct, ops, a, b, bal_dd_of(value));
}

static bal_mna *create(circuit *ct, int n_nodes)
{
    ct->input = (bal_mna_input){.devices = ct->list,
                                .n_devices = (size_t)ct->n,
                                .n_nodes = n_nodes,
                                .tied = ct->input.tied,
                                .n_tied = ct->input.n_tied,
                                .n_sources = ct->n_sources,
                                .range = {60.0, 1e6, 1.0},
                                .omega_reference = 6000.0,
                                .temperature = 27.0};
    bal_mna *m = NULL;
    assert_int_equal(bal_mna_create(&ct->input, &m), BAL_OK);
    assert_in_range(bal_mna_unknowns(m), 1, MAX_UNKNOWNS);
    return m;
}

/* Value of a functional at f by the direct and, the same, by the adjoint way, with a sane bound. */
static bal_ddc evaluate(bal_mna *m, double hertz, const bal_ddc amplitude[],
                        const bal_functional *f)
{
    bal_ddc x[MAX_UNKNOWNS];
    bal_ddc y[MAX_UNKNOWNS];
    assert_int_equal(bal_mna_point(m, bal_dd_of(hertz)), BAL_OK);
    assert_int_equal(bal_mna_solve(m, amplitude, x), BAL_OK);
    assert_int_equal(bal_mna_adjoint(m, f, y), BAL_OK);
    const bal_ddc value = bal_mna_apply(m, f, x);
    const bal_ddc other = bal_mna_response(m, y, amplitude);
    const double bound = bal_mna_bound(m, amplitude, x, f, y);
    assert_true(bound <= 1e-15);
    assert_close(bal_ddc_abs(bal_ddc_sub(value, other)), 0.0, 0.0, 1e-15);
    return value;
}

static bal_ddc evaluate_voltage(bal_mna *m, double hertz, int a, int b)
{
    const bal_ddc amplitude[2] = {bal_ddc_real(2.385), bal_ddc_real(0.0)};
    bal_functional f;
    assert_int_equal(bal_mna_voltage(m, a, b, &f), BAL_OK);
    const bal_ddc value = evaluate(m, hertz, amplitude, &f);
    bal_functional_release(&f);
    return value;
}

static bal_ddc evaluate_current(bal_mna *m, double hertz, int device)
{
    const bal_ddc amplitude[2] = {bal_ddc_real(2.385), bal_ddc_real(0.0)};
    bal_functional f;
    assert_int_equal(bal_mna_current(m, (size_t)device, &f), BAL_OK);
    const bal_ddc value = evaluate(m, hertz, amplitude, &f);
    bal_functional_release(&f);
    return value;
}

static double omega_of(double hertz)
{
    return bal_dd_double(BAL_DD_2PI) * hertz;
}

/* ---- values ---- */

static void test_rc(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    const double r = 1530.0;
    const double c = 47e-9;
    const int v1 = add_number(&ct, &voltage, 1, 0, 0.0);
    const int r1 = add_number(&ct, &resistor, 1, 2, r);
    const int c1 = add_number(&ct, &capacitor, 2, 0, c);
    bal_mna *m = create(&ct, 3);
    for (double f = 3.0; f < 1e6; f *= 7.3) {
        const double complex s = bal_cplx(0.0, omega_of(f));
        const double complex h = 2.385 / (1.0 + s * r * c);
        assert_close_complex(bal_ddc_double(evaluate_voltage(m, f, 2, 0)), h, 4e-15, 0.0);
        const double complex i = h * s * c;
        assert_close_complex(bal_ddc_double(evaluate_current(m, f, r1)), i, 4e-15, 0.0);
        assert_close_complex(bal_ddc_double(evaluate_current(m, f, c1)), i, 4e-15, 0.0);
        assert_close_complex(bal_ddc_double(evaluate_current(m, f, v1)), -i, 4e-15, 0.0);
    }
    bal_mna_destroy(m);
}

static void test_series_resonance(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    const double r = 0.35;
    const double l = 2.2e-3;
    const double c = 330e-9;
    (void)add_number(&ct, &voltage, 1, 0, 0.0);
    (void)add_number(&ct, &resistor, 1, 2, r);
    const int l1 = add_number(&ct, &inductor, 2, 3, l);
    (void)add_number(&ct, &capacitor, 3, 0, c);
    bal_mna *m = create(&ct, 4);
    for (double f = 5900.0; f < 5912.0; f += 1.37) {
        const double complex s = bal_cplx(0.0, omega_of(f));
        const double complex i = 2.385 / (r + s * l + 1.0 / (s * c));
        assert_close_complex(bal_ddc_double(evaluate_current(m, f, l1)), i, 1e-12, 0.0);
    }
    bal_mna_destroy(m);
}

static void couple(circuit *ct, int first, int second, double mutual)
{
    const int k = add_number(ct, &coupling, 0, 0, mutual);
    ct->refs[0] = &ct->devices[first];
    ct->refs[1] = &ct->devices[second];
    ct->devices[k].refs = ct->refs;
    ct->devices[k].n_refs = 2;
}

static void test_transformer(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    const double l1 = 11e-3;
    const double l2 = 47e-3;
    const double mutual = 0.93 * sqrt(l1 * l2);
    const double r = 620.0;
    (void)add_number(&ct, &voltage, 1, 0, 0.0);
    const int first = add_number(&ct, &inductor, 1, 0, l1);
    const int second = add_number(&ct, &inductor, 2, 0, l2);
    couple(&ct, first, second, mutual);
    (void)add_number(&ct, &resistor, 2, 0, r);
    bal_mna *m = create(&ct, 3);
    const double f = 310.0;
    const double complex s = bal_cplx(0.0, omega_of(f));
    /* v1 = s l1 i1 + s m i2, v2 = s m i1 + s l2 i2 = -r i2 */
    const double complex i2 =
        -2.385 * (s * mutual) / ((s * l1) * (s * l2 + r) - (s * mutual) * (s * mutual));
    assert_close_complex(bal_ddc_double(evaluate_voltage(m, f, 2, 0)), -r * i2, 1e-14, 0.0);
    bal_mna_destroy(m);
}

static void test_blocks(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    (void)add_number(&ct, &voltage, 1, 0, 0.0);
    (void)add_number(&ct, &resistor, 1, 2, 270.0);
    const int y1 = add_number(&ct, &block, 2, 0, 3.3e-3);
    (void)add_number(&ct, &block, 1, 2, 1.1e-4);
    bal_mna *m = create(&ct, 3);
    for (double f = 20.0; f < 3e4; f *= 4.1) {
        const double k = f * f * 1e-6;
        const double complex shunt = k * 3.3e-3 * bal_cplx(1.0, 0.5);
        const double complex series = 1.0 / 270.0 + k * 1.1e-4 * bal_cplx(1.0, 0.5);
        assert_close_complex(bal_ddc_double(evaluate_voltage(m, f, 2, 0)),
                             2.385 * series / (series + shunt), 1e-14, 0.0);
    }
    bal_functional f;
    assert_int_equal(bal_mna_current(m, (size_t)y1, &f), BAL_E_USAGE);
    bal_mna_destroy(m);
}

/* A bridge that is off by 1e-8, 2.5e-9 of its drive, with links of 0 and 1 microhm in its arms and
 * 10 Gohm of leakage. Closed form in double-double. */
static void test_bridge_null(void **state)
{
    (void)state;
    const bal_dd link = bal_dd_of(1e-6);
    const bal_dd r = bal_dd_of(10e3);
    const bal_dd off = bal_dd_mul(r, bal_dd_add(bal_dd_of(1.0), bal_dd_of(1e-8)));
    circuit ct = {.n = 0};
    (void)add_number(&ct, &voltage, 1, 0, 0.0);
    const int zero = add_number(&ct, &resistor, 1, 2, 0.0);
    (void)add(&ct, &resistor, 2, 3, r);
    (void)add(&ct, &resistor, 3, 0, off);
    (void)add(&ct, &resistor, 1, 4, link);
    (void)add(&ct, &resistor, 4, 5, r);
    (void)add(&ct, &resistor, 5, 6, r);
    (void)add(&ct, &resistor, 6, 0, link);
    (void)add_number(&ct, &resistor, 1, 0, 10e9);
    bal_mna *m = create(&ct, 7);
    const bal_dd left = bal_dd_div(off, bal_dd_add(r, off));
    const bal_dd half = bal_dd_add(r, link);
    const bal_dd right = bal_dd_div(half, bal_dd_add(half, half));
    const bal_dd want = bal_dd_scale(bal_dd_sub(left, right), 2.385);
    const bal_ddc got = evaluate_voltage(m, 1000.0, 3, 5);
    assert_close(bal_dd_double(want), 2.385 * 2.5e-9, 1e-7, 0.0);
    assert_close(bal_dd_double(bal_dd_sub(got.re, want)), 0.0, 0.0, 1e-24);
    const double through = 2.385 / bal_dd_double(bal_dd_add(r, off));
    assert_close(bal_dd_double(evaluate_current(m, 1000.0, zero).re), through, 1e-15, 0.0);
    bal_mna_destroy(m);
}

/* An island of two nodes behind a transformer winding, one of them tied. */
static void test_tied_node(void **state)
{
    (void)state;
    static const int tied[1] = {3};
    circuit ct = {.n = 0, .input = {.tied = tied, .n_tied = 1}};
    (void)add_number(&ct, &voltage, 1, 0, 0.0);
    const int first = add_number(&ct, &inductor, 1, 0, 11e-3);
    const int second = add_number(&ct, &inductor, 2, 3, 44e-3);
    couple(&ct, first, second, 0.5 * 22e-3);
    const int r1 = add_number(&ct, &resistor, 2, 3, 560e3);
    bal_mna *m = create(&ct, 4);
    const bal_ddc across = evaluate_voltage(m, 1000.0, 2, 3);
    const double complex s = bal_cplx(0.0, omega_of(1000.0));
    const double complex i2 =
        -2.385 * (s * 11e-3) / ((s * 11e-3) * (s * 44e-3 + 560e3) - (s * 11e-3) * (s * 11e-3));
    assert_close_complex(bal_ddc_double(across), -560e3 * i2, 1e-14, 0.0);
    assert_close_complex(bal_ddc_double(evaluate_voltage(m, 1000.0, 3, 0)), 0.0, 0.0, 0.0);
    assert_close_complex(bal_ddc_double(evaluate_current(m, 1000.0, r1)), -i2, 1e-14, 0.0);
    bal_mna_destroy(m);
}

static void test_current_source(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    (void)add_number(&ct, &current, 0, 1, 0.0);
    (void)add_number(&ct, &resistor, 1, 0, 33.0);
    bal_mna *m = create(&ct, 2);
    assert_close_complex(bal_ddc_double(evaluate_voltage(m, 50.0, 1, 0)), 2.385 * 33.0, 1e-15, 0.0);
    bal_mna_destroy(m);
}

/* ---- restamps ---- */

static void ladder(circuit *ct, double first, double last)
{
    (void)add_number(ct, &voltage, 1, 0, 0.0);
    (void)add_number(ct, &resistor, 1, 2, first);
    (void)add_number(ct, &capacitor, 2, 0, 4.7e-9);
    (void)add_number(ct, &inductor, 2, 3, 3.3e-3);
    (void)add_number(ct, &resistor, 3, 0, last);
    (void)add_number(ct, &block, 3, 0, 1e-5);
}

static void expect_same(bal_mna *a, bal_mna *b)
{
    const bal_ddc amplitude[1] = {bal_ddc_real(2.385)};
    bal_ddc x[MAX_UNKNOWNS];
    bal_ddc y[MAX_UNKNOWNS];
    const int n = bal_mna_unknowns(a);
    assert_int_equal(bal_mna_unknowns(b), n);
    for (double f = 20.0; f < 1e5; f *= 9.0) {
        assert_int_equal(bal_mna_point(a, bal_dd_of(f)), BAL_OK);
        assert_int_equal(bal_mna_point(b, bal_dd_of(f)), BAL_OK);
        assert_int_equal(bal_mna_solve(a, amplitude, x), BAL_OK);
        assert_int_equal(bal_mna_solve(b, amplitude, y), BAL_OK);
        assert_memory_equal(x, y, (size_t)n * sizeof x[0]);
    }
}

/* A restamped system has the bits of a new one, also when the structure changes on the way. */
static void check_restamp(double first, double last)
{
    circuit old = {.n = 0};
    circuit new = {.n = 0};
    ladder(&old, 470.0, 1.2e3);
    ladder(&new, first, last);
    bal_mna *m = create(&old, 4);
    bal_mna *fresh = create(&new, 4);
    const size_t touched[2] = {1, 4};
    old.values[1] = bal_dd_of(first);
    bal_dd last_value = bal_dd_of(last);
    bal_device variant = old.devices[4];
    variant.values = &last_value;
    bal_mna_replace(m, 4, &variant);
    assert_int_equal(bal_mna_restamp(m, touched, 2), BAL_OK);
    expect_same(m, fresh);
    assert_int_equal(bal_mna_restamp(m, NULL, 0), BAL_OK);
    expect_same(m, fresh);
    bal_mna_destroy(m);
    bal_mna_destroy(fresh);
}

static void test_restamp(void **state)
{
    (void)state;
    check_restamp(333.0, 7.7e3);
}

static void test_restamp_structure(void **state)
{
    (void)state;
    check_restamp(333.0, 0.05);
    check_restamp(0.0, 0.02);
}

static void test_restamp_not_finite(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    ladder(&ct, 470.0, 1.2e3);
    bal_mna *m = create(&ct, 4);
    const size_t touched[1] = {2};
    ct.values[2] = bal_dd_of((double)INFINITY);
    assert_int_equal(bal_mna_restamp(m, touched, 1), BAL_E_NUMERIC);
    ct.values[2] = bal_dd_of(4.7e-9);
    assert_int_equal(bal_mna_restamp(m, touched, 1), BAL_OK);
    assert_int_equal(bal_mna_point(m, bal_dd_of(440.0)), BAL_OK);
    bal_mna_destroy(m);
}

/* ---- refusals ---- */

static void expect_culprit(bal_mna *m, int node, ptrdiff_t device)
{
    int found_node = 0;
    ptrdiff_t found_device = 0;
    assert_int_equal(bal_mna_point(m, bal_dd_of(440.0)), BAL_E_SINGULAR);
    bal_mna_culprit(m, &found_node, &found_device);
    assert_int_equal(found_node, node);
    assert_int_equal(found_device, device);
    bal_mna_destroy(m);
}

static void test_unconnected_node(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    (void)add_number(&ct, &voltage, 1, 0, 0.0);
    (void)add_number(&ct, &resistor, 1, 0, 33.0);
    (void)add_number(&ct, &current, 0, 2, 0.0);
    expect_culprit(create(&ct, 3), 2, -1);
}

static void test_parallel_sources(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    (void)add_number(&ct, &resistor, 1, 0, 33.0);
    (void)add_number(&ct, &voltage, 1, 0, 0.0);
    const int second = add_number(&ct, &voltage, 1, 0, 0.0);
    bal_mna *m = create(&ct, 2);
    int node = 0;
    ptrdiff_t device = 0;
    assert_int_equal(bal_mna_point(m, bal_dd_of(440.0)), BAL_E_SINGULAR);
    bal_mna_culprit(m, &node, &device);
    assert_int_equal(node, -1);
    assert_in_range(device, 1, second);
    bal_mna_destroy(m);
}

/* A negative resistor that cancels all others at a node. */
static void test_cancelled_node(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    (void)add_number(&ct, &voltage, 1, 0, 0.0);
    (void)add_number(&ct, &resistor, 1, 2, 3.3e3);
    (void)add_number(&ct, &resistor, 2, 0, -3.3e3);
    expect_culprit(create(&ct, 3), 2, -1);
}

static void expect_create(const circuit *ct, int n_nodes, bal_status want)
{
    const bal_mna_input input = {.devices = ct->list,
                                 .n_devices = (size_t)ct->n,
                                 .n_nodes = n_nodes,
                                 .n_sources = ct->n_sources,
                                 .range = {60.0, 1e6, 1.0},
                                 .omega_reference = 6000.0};
    bal_mna *m = NULL;
    assert_int_equal(bal_mna_create(&input, &m), want);
    assert_null(m);
}

static void test_usage(void **state)
{
    (void)state;
    circuit nothing = {.n = 0};
    (void)add_number(&nothing, &resistor, 0, 0, 33.0);
    expect_create(&nothing, 1, BAL_E_USAGE);

    circuit wild = {.n = 0};
    (void)add_number(&wild, &wrong, 1, 0, 33.0);
    expect_create(&wild, 2, BAL_E_USAGE);

    circuit stranger = {.n = 0};
    circuit elsewhere = {.n = 0};
    const int l1 = add_number(&stranger, &inductor, 1, 0, 2e-3);
    const int l2 = add_number(&elsewhere, &inductor, 1, 0, 2e-3);
    couple(&stranger, l1, l1, 1e-3);
    stranger.refs[1] = &elsewhere.devices[l2];
    expect_create(&stranger, 2, BAL_E_USAGE);

    circuit infinite = {.n = 0};
    (void)add_number(&infinite, &capacitor, 1, 0, (double)INFINITY);
    expect_create(&infinite, 2, BAL_E_NUMERIC);
}

static void test_functionals(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    ladder(&ct, 470.0, 1.2e3);
    bal_mna *m = create(&ct, 4);
    bal_functional sum = {0};
    bal_functional part;
    bal_functional none;
    assert_int_equal(bal_mna_voltage(m, 1, 3, &part), BAL_OK);
    assert_int_equal(bal_functional_add(&sum, &part, bal_dd_of(2.5)), BAL_OK);
    bal_functional_release(&part);
    assert_int_equal(bal_mna_voltage(m, 3, 2, &part), BAL_OK);
    assert_int_equal(bal_functional_add(&sum, &part, bal_dd_of(2.5)), BAL_OK);
    bal_functional_release(&part);
    const bal_ddc amplitude[1] = {bal_ddc_real(2.385)};
    const double complex got = bal_ddc_double(evaluate(m, 5e3, amplitude, &sum));
    const double complex want = 2.5 * bal_ddc_double(evaluate_voltage(m, 5e3, 1, 2));
    assert_close_complex(got, want, 1e-15, 0.0);
    bal_functional_release(&sum);
    assert_int_equal(bal_mna_voltage(m, 2, 2, &none), BAL_OK);
    assert_int_equal(none.n, 0);
    bal_functional_release(&none);
    assert_int_equal(bal_mna_voltage(m, 2, 4, &none), BAL_E_USAGE);
    bal_mna_destroy(m);
}

static void test_ties(void **state)
{
    (void)state;
    circuit ct = {.n = 0};
    const int r1 = add_number(&ct, &resistor, 1, 2, 33.0);
    const int r2 = add_number(&ct, &resistor, 1, 2, 0.0);
    const int c1 = add_number(&ct, &capacitor, 1, 2, 1e-9);
    bal_ties ties = {0};
    assert_int_equal(bal_ties_of(&ties, ct.list[r1]), BAL_OK);
    assert_int_equal(bal_ties_of(&ties, ct.list[r2]), BAL_OK);
    assert_int_equal(ties.n, 1);
    assert_int_equal(ties.entries[0].kind, BAL_TIE_VOLTAGE);
    assert_int_equal(ties.entries[0].a, 0);
    assert_int_equal(ties.entries[0].b, 1);
    assert_int_equal(bal_ties_of(&ties, ct.list[c1]), BAL_OK);
    assert_int_equal(ties.n, 0);
    bal_ties_release(&ties);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rc),
        cmocka_unit_test(test_series_resonance),
        cmocka_unit_test(test_transformer),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_bridge_null),
        cmocka_unit_test(test_tied_node),
        cmocka_unit_test(test_current_source),
        cmocka_unit_test(test_restamp),
        cmocka_unit_test(test_restamp_structure),
        cmocka_unit_test(test_restamp_not_finite),
        cmocka_unit_test(test_unconnected_node),
        cmocka_unit_test(test_parallel_sources),
        cmocka_unit_test(test_cancelled_node),
        cmocka_unit_test(test_usage),
        cmocka_unit_test(test_functionals),
        cmocka_unit_test(test_ties),
    };
    return bal_run_tests(tests, argc, argv);
}
