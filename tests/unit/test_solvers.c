/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Root and minimum search: known answers, and every wrong use, under GSL's aborting error handler.
 */
#include "solvers.h"

#include <math.h>

#include "bal_test.h"

typedef struct probe {
    int calls;
    int fail_at;  /* this call returns a status */
    int break_at; /* this call returns NaN */
} probe;

static double observe(probe *p, double y, bal_status *status)
{
    p->calls++;
    if (p->calls == p->fail_at)
        *status = BAL_E_SINGULAR;
    return p->calls == p->break_at ? (double)NAN : y;
}

static double cosine(void *user, double x, bal_status *status)
{
    return observe(user, cos(x) - x, status);
}

/* Minimum 2.25 at 2.385 */
static double valley(void *user, double x, bal_status *status)
{
    return observe(user, 2.25 + pow(x - 2.385, 2) * (1.0 + 0.3 * (x - 2.385)), status);
}

static double step(void *user, double x, bal_status *status)
{
    return observe(user, x < 0.7251 ? -3.0 : 5.0, status);
}

static double flat(void *user, double x, bal_status *status)
{
    (void)x;
    return observe(user, 4.0, status);
}

static bal_line_search search(bal_line_function *f, probe *p, double low, double high)
{
    return (bal_line_search){.f = f, .user = p, .low = low, .high = high, .relative = 1e-15};
}

static void test_root(void **state)
{
    (void)state;
    probe p = {0, 0, 0};
    bal_line_point root;
    const bal_line_search s = search(cosine, &p, 0.1, 1.4);
    assert_int_equal(bal_find_root(&s, &root), BAL_OK);
    assert_close(root.x, 0.73908513321516064166, 2e-15, 0); /* Dottie's number */
    assert_close(root.f, 0.0, 0, 1e-15);
    assert_true(p.calls < 20);
}

static void test_root_of_a_jump(void **state)
{
    (void)state;
    probe p = {0, 0, 0};
    bal_line_point root;
    const bal_line_search s = search(step, &p, 0.0, 3.0);
    assert_int_equal(bal_find_root(&s, &root), BAL_OK);
    assert_close(root.x, 0.7251, 1e-14, 0);
}

static double at_end(void *user, double x, bal_status *status)
{
    return observe(user, x - 3.5, status);
}

static void test_root_at_an_end(void **state)
{
    (void)state;
    probe p = {0, 0, 0};
    bal_line_point root;
    bal_line_search s = search(at_end, &p, 3.5, 9.0);
    assert_int_equal(bal_find_root(&s, &root), BAL_OK);
    assert_close(root.x, 3.5, 0, 0);
    s = search(at_end, &p, -3.0, 3.5);
    assert_int_equal(bal_find_root(&s, &root), BAL_OK);
    assert_close(root.x, 3.5, 0, 0);
}

static void test_minimum(void **state)
{
    (void)state;
    probe p = {0, 0, 0};
    bal_line_point best;
    bal_line_search s = search(valley, &p, 1.0, 4.0);
    s.relative = 1e-8;
    assert_int_equal(bal_find_minimum(&s, 3.0, &best), BAL_OK);
    assert_close(best.x, 2.385, 1e-7, 0);
    assert_close(best.f, 2.25, 1e-15, 0);
}

static void test_wrong_brackets(void **state)
{
    (void)state;
    probe p = {0, 0, 0};
    bal_line_point point = {7.5, 7.5};
    bal_line_search s = search(cosine, &p, 1.0, 2.0);
    assert_int_equal(bal_find_root(&s, &point), BAL_E_USAGE);
    s = search(cosine, &p, 2.0, 0.0);
    assert_int_equal(bal_find_root(&s, &point), BAL_E_USAGE);
    s = search(cosine, &p, 0.0, HUGE_VAL);
    assert_int_equal(bal_find_root(&s, &point), BAL_E_USAGE);
    s = search(cosine, &p, (double)NAN, 1.0);
    assert_int_equal(bal_find_root(&s, &point), BAL_E_USAGE);
    s = search(flat, &p, 0.0, 3.0);
    assert_int_equal(bal_find_minimum(&s, 1.5, &point), BAL_E_USAGE);
    s = search(valley, &p, 3.0, 4.0);
    assert_int_equal(bal_find_minimum(&s, 3.5, &point), BAL_E_USAGE);
    s = search(valley, &p, 1.0, 4.0);
    assert_int_equal(bal_find_minimum(&s, 4.0, &point), BAL_E_USAGE);
    assert_close(point.x, 7.5, 0, 0); /* untouched */
}

static void test_steps_run_out(void **state)
{
    (void)state;
    probe p = {0, 0, 0};
    bal_line_point root = {7.5, 7.5};
    bal_line_search s = search(step, &p, 0.0, 3.0);
    s.max_steps = 3;
    assert_int_equal(bal_find_root(&s, &root), BAL_E_NUMERIC);
    assert_close(root.x, 7.5, 0, 0);
}

/* Whichever call fails, the search stops with its status. */
static void test_failing_function(void **state)
{
    (void)state;
    for (int k = 1; k <= 8; k++) {
        probe p = {0, k, 0};
        bal_line_point point;
        bal_line_search s = search(cosine, &p, 0.1, 1.4);
        assert_int_equal(bal_find_root(&s, &point), BAL_E_SINGULAR);
        p = (probe){0, 0, k};
        assert_int_equal(bal_find_root(&s, &point), BAL_E_NUMERIC);
        s = search(valley, &p, 1.0, 4.0);
        p = (probe){0, k, 0};
        assert_int_equal(bal_find_minimum(&s, 3.0, &point), BAL_E_SINGULAR);
        p = (probe){0, 0, k};
        assert_int_equal(bal_find_minimum(&s, 3.0, &point), BAL_E_NUMERIC);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_root),
        cmocka_unit_test(test_root_of_a_jump),
        cmocka_unit_test(test_root_at_an_end),
        cmocka_unit_test(test_minimum),
        cmocka_unit_test(test_wrong_brackets),
        cmocka_unit_test(test_steps_run_out),
        cmocka_unit_test(test_failing_function),
    };
    return bal_run_tests(tests, argc, argv);
}
