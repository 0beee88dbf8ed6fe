/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions over frequency of responses that are known in closed form: x is the response, m a value
 * that is known at the end of a run only. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "bal_test.h"
#include "watch.h"

typedef double response(double f);

typedef struct bench {
    bal_arena arena;
    response *x;
    const double *grid;
    size_t n;
    double m;
    bal_bounded values[1];
    bal_point point;
    int solves;
} bench;

static double polynomial(double f)
{
    return (f - 2.0) * (f - 5.0) * (f - 7.0); /* rises, falls, rises through 0 */
}

static double parabola(double f)
{
    return (f - 3.3) * (f - 3.3) + 0.75;
}

static double cusp(double f)
{
    return fabs(f - 4.2) + 0.25;
}

static double waves(double f)
{
    return sin(3.0 * f) * f; /* each peak is higher than the one before */
}

static double line(double f)
{
    return 2.5 * f - 1.0;
}

static double null_at_5(double f)
{
    return log(fabs(f - 5.0)); /* -infinity there */
}

static const double coarse[] = {1.0, 2.5, 4.0, 5.5, 6.5, 8.0, 9.0};

static int variable(void *user, bal_text name, bal_span at, bal_type *type)
{
    (void)user;
    (void)at;
    *type = BAL_REAL;
    return bal_text_is(name, "x") ? 0 : bal_text_is(name, "m") ? BAL_LATE_BASE : -1;
}

static bal_status late(void *user, int id, bal_bounded *out)
{
    const bench *b = user;
    (void)id;
    *out = bal_bounded_of(bal_ddc_real(b->m), true);
    return isnan(b->m) ? BAL_E_NUMERIC : BAL_OK;
}

static bal_status solve(void *user, double hertz, const bal_point **point)
{
    bench *b = user;
    b->solves++;
    b->values[0] = bal_bounded_of(bal_ddc_real(b->x(hertz)), true);
    b->point = (bal_point){
        .frequency = hertz, .values = b->values, .n_values = 1, .user = b, .parameter = late};
    *point = &b->point;
    return BAL_OK;
}

static double frequency(void *user, size_t k)
{
    const bench *b = user;
    return b->grid[k];
}

/* Watches the expression over the grid. */
static bal_watch_result watch(bench *b, const char *text)
{
    static const bal_names names = {NULL, variable, NULL, NULL, NULL};
    bal_source *source = bal_arena_alloc(&b->arena, 1, sizeof *source);
    assert_non_null(source);
    *source = (bal_source){.name = "test", .text = text, .length = (uint32_t)strlen(text)};
    const bal_expr *expr = NULL;
    bal_diag diag = {0};
    assert_int_equal(bal_expr_compile((bal_span){source, 0, source->length}, &names, NULL,
                                      &b->arena, &diag, &expr),
                     BAL_OK);
    bal_watch *w = NULL;
    bal_watch_result result;
    assert_int_equal(bal_watch_create(expr, &w), BAL_OK);
    const bal_solver solver = {b, solve, frequency, b->n};
    for (int again = 0; again < 2; again++) { /* a second run starts afresh */
        bal_watch_begin(w);
        for (size_t k = 0; k < b->n; k++) {
            const bal_point *point = NULL;
            assert_int_equal(solve(b, b->grid[k], &point), BAL_OK);
            assert_int_equal(bal_watch_point(w, point), BAL_OK);
        }
        b->solves = 0;
        assert_int_equal(bal_watch_end(w, &solver, &result), BAL_OK);
    }
    bal_watch_destroy(w);
    return result;
}

static bench over(response *x)
{
    return (bench){.x = x, .grid = coarse, .n = sizeof coarse / sizeof coarse[0], .m = 0.125};
}

static void expect(bench *b, const char *text, double want, double tolerance)
{
    const bal_watch_result r = watch(b, text);
    if (r.reason)
        fail_msg("%s: %s", text, r.reason);
    assert_close(bal_dd_double(r.value.value.re), want, tolerance, 0.0);
}

static void expect_reason(bench *b, const char *text, const char *reason)
{
    const bal_watch_result r = watch(b, text);
    if (!r.reason)
        fail_msg("%s has a value", text);
    assert_string_equal(r.reason, reason);
}

static void crossings_are_counted_from_both_ends(void **state)
{
    bench b = over(polynomial);
    (void)state;
    expect(&b, "cross(x, 0)", 2.0, 1e-15);
    expect(&b, "cross(x, 0, 2)", 5.0, 1e-15);
    expect(&b, "cross(x, 0, 3)", 7.0, 1e-15);
    expect(&b, "cross(x, 0, -1)", 7.0, 1e-15);
    expect(&b, "cross(x, 0, -2)", 5.0, 1e-15);
    expect(&b, "cross(x, 0, -3)", 2.0, 1e-15);
    expect_reason(&b, "cross(x, 0, 4)", "it does not cross the level that often");
    expect_reason(&b, "cross(x, 0, -4)", "it does not cross the level that often");
    expect_reason(&b, "cross(x, 1e9)", "it does not cross the level");
    expect_reason(&b, "cross(x, 0, 0)",
                  "crossings are counted 1, 2, ... or -1, -2, ... from the end");
    expect_reason(&b, "cross(x, 0, 1.5)",
                  "crossings are counted 1, 2, ... or -1, -2, ... from the end");
    bal_arena_release(&b.arena);
}

static void edges_tell_rises_from_falls(void **state)
{
    bench b = over(polynomial);
    (void)state;
    expect(&b, "cross(x, 0, 1, 1)", 2.0, 1e-15);
    expect(&b, "cross(x, 0, 2, 1)", 7.0, 1e-15);
    expect(&b, "cross(x, 0, 1, -1)", 5.0, 1e-15);
    expect(&b, "cross(x, 0, -1, -1)", 5.0, 1e-15);
    expect(&b, "cross(x, 0, -2, 1)", 2.0, 1e-15);
    expect_reason(&b, "cross(x, 0, 2, -1)", "it does not cross the level that often");
    bal_arena_release(&b.arena);
}

static void a_window_counts_from_its_own_ends(void **state)
{
    bench b = over(polynomial);
    (void)state;
    expect(&b, "cross(x, 0, 1, 0, 2.1)", 5.0, 1e-15);
    expect(&b, "cross(x, 0, 1, 0, 4.9, 5.1)", 5.0, 1e-15); /* between two points of the grid */
    expect(&b, "cross(x, 0, -1, 0, 0, 6.9)", 5.0, 1e-15);
    expect_reason(&b, "cross(x, 0, 1, 0, 5.1, 6.9)", "it does not cross the level");
    expect_reason(&b, "cross(x, 0, 1, 0, 9.5)", "its window lies outside of the sweep");
    expect_reason(&b, "cross(x, 0, 1, 0, 6, 3)", "its window ends before it begins");
    bal_arena_release(&b.arena);
}

static void extrema_are_solved_again(void **state)
{
    bench b = over(parabola);
    (void)state;
    expect(&b, "minf(x)", 0.75, 1e-14);
    expect(&b, "argminf(x)", 3.3, 1e-7);
    expect(&b, "maxf(x)", parabola(9.0), 1e-15);
    expect(&b, "argmaxf(x)", 9.0, 1e-15);
    assert_close(watch(&b, "minf(x)").where, 3.3, 1e-7, 0.0);
    b.x = cusp;
    expect(&b, "minf(x)", 0.25, 1e-7);
    expect(&b, "argminf(x)", 4.2, 1e-8);
    bal_arena_release(&b.arena);
}

static void the_highest_peak_need_not_look_it_on_the_grid(void **state)
{
    static const double grid[] = {0.2, 0.55, 1.2, 1.6, 2.3, 2.62, 3.3, 3.7, 4.2, 4.5, 5.2};
    bench b = over(waves);
    (void)state;
    b.grid = grid;
    b.n = sizeof grid / sizeof grid[0];
    double top = 0.0; /* the last peak: tan(3f) = -3f near 4.7 */
    for (double f = 4.5; f < 5.0; f += 1e-6)
        top = fmax(top, waves(f));
    expect(&b, "maxf(x)", top, 1e-10);
    bal_arena_release(&b.arena);
}

static void the_ends_of_a_window_are_points(void **state)
{
    bench b = over(parabola);
    (void)state;
    expect(&b, "minf(x, 4.5, 6)", parabola(4.5), 1e-15);
    expect(&b, "argmaxf(x, 1.2, 2.9)", 1.2, 1e-15);
    expect(&b, "minf(x, 3.1, 3.8)", 0.75, 1e-14); /* no point of the grid inside */
    expect(&b, "argminf(x, 2.6, 3.4)", 3.3, 1e-7);
    expect(&b, "maxf(x, 8.5)", parabola(9.0), 1e-15);
    expect(&b, "maxf(x, 0, 2)", parabola(1.0), 1e-15); /* the sweep begins at 1 */
    expect_reason(&b, "minf(x, 20, 30)", "its window lies outside of the sweep");
    bal_arena_release(&b.arena);
}

static void means_follow_the_trapezoidal_rule(void **state)
{
    bench b = over(line);
    (void)state;
    expect(&b, "meanf(x)", line(5.0), 1e-15);
    expect(&b, "integf(x)", 8.0 * line(5.0), 1e-15);
    expect(&b, "meanf(x, 1.7, 4.1)", line(2.9), 1e-15);
    expect(&b, "integf(x, 1.7, 4.1)", 2.4 * line(2.9), 1e-15);
    expect(&b, "integf(x, 2.6, 2.9)", 0.3 * line(2.75), 1e-14);
    expect(&b, "integf(x, 8, 99)", line(8.5), 1e-15);
    expect(&b, "rmsf(x, 2.5, 4)", sqrt(0.5 * (line(2.5) * line(2.5) + line(4.0) * line(4.0))),
           1e-15);
    expect(&b, "meanf(x, 3, 3)", line(3.0), 1e-15);
    expect(&b, "meanp(x)",
           (line(1.0) + line(2.5) + line(4.0) + line(5.5) + line(6.5) + line(8.0) + line(9.0)) /
               7.0,
           1e-15);
    expect(&b, "rmsp(x, 2.4, 4.1)", sqrt(0.5 * (line(2.5) * line(2.5) + line(4.0) * line(4.0))),
           1e-15);
    expect_reason(&b, "meanp(x, 4.1, 4.2)", "there is no point of the sweep in its window");
    bal_arena_release(&b.arena);
}

static void sums_need_an_order(void **state)
{
    static const double grid[] = {4.0, 1.0, 6.0};
    bench b = over(line);
    (void)state;
    b.grid = grid;
    b.n = 3;
    expect_reason(&b, "meanf(x)", "the frequencies of the sweep do not ascend");
    expect(&b, "maxf(x)", line(6.0), 1e-15);
    expect(&b, "cross(x, 9)", 4.0, 1e-15); /* between 1 and 6 */
    bal_arena_release(&b.arena);
}

static void slopes_are_exact_to_many_digits(void **state)
{
    bench b = over(waves);
    (void)state;
    expect(&b, "derivf(x, 2.2)", sin(6.6) + 3.0 * 2.2 * cos(6.6), 1e-11);
    expect(&b, "derivf(x, 7.1)", sin(21.3) + 3.0 * 7.1 * cos(21.3), 1e-10);
    b.x = line;
    expect(&b, "derivf(x, 3)", 2.5, 1e-13);
    expect_reason(&b, "derivf(x, 0)", "a derivative needs a frequency > 0");
    bal_arena_release(&b.arena);
}

static void a_null_is_a_value_like_any_other(void **state)
{
    bench b = over(null_at_5);
    (void)state;
    expect(&b, "cross(x, -0.4)", 5.0 - exp(-0.4), 1e-14);
    expect(&b, "argminf(x)", 5.0, 1e-7);
    bal_arena_release(&b.arena);
}

static void what_is_known_late_is_used_at_the_end(void **state)
{
    bench b = over(line);
    (void)state;
    expect(&b, "cross(x, m*8 + 3)", 2.0, 1e-15);
    expect(&b, "maxf(x*m)", 0.125 * line(9.0), 1e-15);
    assert_int_equal(watch(&b, "x > m").truth, BAL_TRUE);
    assert_int_equal(watch(&b, "x > m*100").truth, BAL_FALSE);
    b.m = (double)NAN;
    expect_reason(&b, "cross(x, m)", "it has no finite value");
    bal_arena_release(&b.arena);
}

static void brackets_cost_few_solutions(void **state)
{
    bench b = over(polynomial);
    (void)state;
    (void)watch(&b, "cross(x, 0, 2)");
    assert_in_range(b.solves, 1, 20);
    (void)watch(&b, "minf(x)");
    assert_in_range(b.solves, 1, 80);
    (void)watch(&b, "meanf(x)");
    assert_in_range(b.solves, 1, 4);
    bal_arena_release(&b.arena);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crossings_are_counted_from_both_ends),
        cmocka_unit_test(edges_tell_rises_from_falls),
        cmocka_unit_test(a_window_counts_from_its_own_ends),
        cmocka_unit_test(extrema_are_solved_again),
        cmocka_unit_test(the_highest_peak_need_not_look_it_on_the_grid),
        cmocka_unit_test(the_ends_of_a_window_are_points),
        cmocka_unit_test(means_follow_the_trapezoidal_rule),
        cmocka_unit_test(sums_need_an_order),
        cmocka_unit_test(slopes_are_exact_to_many_digits),
        cmocka_unit_test(a_null_is_a_value_like_any_other),
        cmocka_unit_test(what_is_known_late_is_used_at_the_end),
        cmocka_unit_test(brackets_cost_few_solutions),
    };
    return bal_run_tests(tests, argc, argv);
}
