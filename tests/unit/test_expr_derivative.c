/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slopes against central differences in double-double and against closed forms. */
#include "expr.h"

#include <math.h>
#include <string.h>

#include "bal_test.h"

enum { ID_X, ID_Y, ID_Z, ID_W, N_IDS };

typedef struct bench {
    bal_arena arena;
    bal_ddc at[N_IDS];
} bench;

static void report(void *user, const bal_message *message)
{
    (void)user;
    print_error("%s\n", message->rendered);
}

static int variable(void *user, bal_text name, bal_span at, bal_type *type)
{
    static const char *const names[N_IDS] = {"x", "y", "z", "w1"};
    (void)user;
    (void)at;
    for (int i = 0; i < N_IDS; i++) {
        if (!bal_text_is(name, names[i]))
            continue;
        *type = i < ID_Z ? BAL_REAL : BAL_COMPLEX;
        return i;
    }
    return -1;
}

static bal_status value(void *user, int id, bal_ddc *out)
{
    const bench *b = user;
    *out = b->at[id];
    return BAL_OK;
}

static const bal_expr *compile(bench *b, const char *text)
{
    const bal_expr *expr = NULL;
    const bal_source source = {"test", text, (uint32_t)strlen(text), {NULL, 0, 0}};
    const bal_names names = {.user = b, .variable = variable};
    bal_diag diag = {.sink = report};
    const bal_span span = {&source, 0, source.length};
    assert_int_equal(bal_expr_compile(span, &names, NULL, &b->arena, &diag, &expr), BAL_OK);
    return expr;
}

static bench start(void)
{
    bench b = {.at = {bal_ddc_real(0.385), bal_ddc_real(1.27), bal_ddc_from(bal_cplx(0.6, -0.35)),
                      bal_ddc_from(bal_cplx(-1.2, 0.45))}};
    return b;
}

/* Along the real axis of variable id; the error is about h^2 and 1e-16 / h. */
static double complex difference(bench *b, const bal_expr *expr, const bal_env *env, int id)
{
    const double h = 1e-5;
    const bal_dd centre = b->at[id].re;
    bal_ddc up;
    bal_ddc down;
    b->at[id].re = bal_dd_add(centre, bal_dd_of(h));
    assert_int_equal(bal_expr_value(expr, env, &up), BAL_OK);
    b->at[id].re = bal_dd_sub(centre, bal_dd_of(h));
    assert_int_equal(bal_expr_value(expr, env, &down), BAL_OK);
    b->at[id].re = centre;
    return bal_ddc_double(bal_ddc_sub(up, down)) / (2.0 * h);
}

static void check(bench *b, const char *text)
{
    const bal_expr *expr = compile(b, text);
    const bal_env env = {.user = b, .value = value, .frequency = bal_dd_of(333.0)};
    for (int id = 0; id < N_IDS; id++) {
        bal_ddc y;
        bal_ddc slope;
        bal_ddc plain;
        assert_int_equal(bal_expr_derivative(expr, &env, id, &y, &slope), BAL_OK);
        assert_int_equal(bal_expr_value(expr, &env, &plain), BAL_OK);
        assert_memory_equal(&y, &plain, sizeof y);
        const double complex want = difference(b, expr, &env, id);
        const double complex got = bal_ddc_double(slope);
        if (!(cabs(got - want) <= 1e-8 * cabs(want) + 1e-9))
            fail_msg("%s by variable %d: got %.12g %+.12gj, want %.12g %+.12gj", text, id,
                     creal(got), cimag(got), creal(want), cimag(want));
    }
}

static const char *const texts[] = {
    "x+y*z-w1",
    "x*y*z*w1",
    "z/w1",
    "x/y",
    "1/z",
    "-x",
    "x^3",
    "x^-2",
    "x^y",
    "z^3",
    "z^-2",
    "z^w1",
    "x^z",
    "pwr(-x,y)",
    "pwrs(-x,y)",
    "pwr(x,2.5)",
    "sqrt(x)",
    "sqrt(z)",
    "sqr(z)",
    "exp(x)",
    "exp(z)",
    "ln(x)",
    "ln(z)",
    "log10(x)",
    "log10(z)",
    "sin(x)",
    "sin(z)",
    "cos(x)",
    "cos(z)",
    "tan(x)",
    "tan(z)",
    "asin(x)",
    "asin(z)",
    "acos(x)",
    "acos(z)",
    "atan(x)",
    "atan(z)",
    "atan2(x,y)",
    "sinh(z)",
    "cosh(x)",
    "cosh(z)",
    "tanh(z)",
    "asinh(x)",
    "asinh(z)",
    "acosh(1+x)",
    "acosh(z)",
    "atanh(x)",
    "atanh(z)",
    "cbrt(x)",
    "hypot(x,y)",
    "abs(x-2)",
    "abs(z)",
    "abs(z*w1)",
    "re(z*w1)",
    "im(z*w1)",
    "conj(z)*w1",
    "ph(z)",
    "ph(z/w1)",
    "db(x)",
    "db(z)",
    "db(z/w1)",
    "dbu(z)",
    "deg(x)",
    "rad(z)",
    "min(x,y)",
    "max(x,y)",
    "limit(x,0,1)",
    "limit(x,y,2)",
    "limit(y,0,x)",
    "if(x<y,x*y,z)",
    "x>y?z:z*y",
    "uramp(x)",
    "uramp(-x)",
    "floor(x)",
    "sgn(x)",
    "sign(x,-y)",
    "u(x)",
    "fmod(y,x)",
    "y%x",
    "uplim(x,y,0.5)",
    "uplim(y,x,x)",
    "dnlim(x,y,0.5)",
    "dnlim(x,y,x)",
    "table(x,0,1,0.3,2,0.7,5,1,1)",
    "table(y,x,y,2,x*x)",
    "gauss(x,0.1,3)",
    "x<y",
    "(x<y)*x",
    "x && y",
    "x || y",
    "within(z,w1,1)",
    "s*z/(1+s*x)",
    "2.5",
};

static void test_against_differences(void **state)
{
    (void)state;
    bench b = start();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check(&b, texts[i]);
    bal_arena_release(&b.arena);
}

static bal_ddc slope_of(bench *b, const char *text, int id)
{
    const bal_env env = {.user = b, .value = value};
    bal_ddc y;
    bal_ddc slope = bal_ddc_real((double)NAN);
    assert_int_equal(bal_expr_derivative(compile(b, text), &env, id, &y, &slope), BAL_OK);
    return slope;
}

/* Rational functions differentiate to double-double. */
static void test_closed_forms(void **state)
{
    (void)state;
    bench b = start();
    b.at[ID_X] = bal_ddc_real(3.0);
    b.at[ID_Y] = bal_ddc_real(7.0);
    /* d/dx x/(x+y) = y/(x+y)^2 = 0.07 */
    const bal_dd divider =
        bal_dd_sub(bal_dd_scale(slope_of(&b, "x/(x+y)", ID_X).re, 100.0), bal_dd_of(7.0));
    assert_true(fabs(bal_dd_double(divider)) < 1e-28);
    const bal_dd cube = bal_dd_sub(slope_of(&b, "x^5", ID_X).re, bal_dd_of(405.0));
    assert_true(fabs(bal_dd_double(cube)) < 1e-27);
    assert_close(bal_dd_double(slope_of(&b, "db(x)", ID_X).re), 8.685889638065036553 / 3.0, 1e-15,
                 0);
    bal_arena_release(&b.arena);
}

static void test_edges(void **state)
{
    (void)state;
    bench b = start();
    bal_fault fault = {0};
    const bal_env env = {.user = &b, .value = value, .fault = &fault};
    bal_ddc y;
    bal_ddc slope;
    b.at[ID_X] = bal_ddc_real(0.0);
    assert_close(bal_dd_double(slope_of(&b, "abs(x)", ID_X).re), 0.0, 0, 0);
    assert_close(bal_dd_double(slope_of(&b, "x^2", ID_X).re), 0.0, 0, 0);
    assert_close(bal_dd_double(slope_of(&b, "x^1", ID_X).re), 1.0, 0, 0);
    assert_close(bal_dd_double(slope_of(&b, "sqrt(x)", ID_Y).re), 0.0, 0, 0);
    assert_int_equal(bal_expr_derivative(compile(&b, "sqrt(x)"), &env, ID_X, &y, &slope),
                     BAL_E_NUMERIC);
    assert_string_equal(fault.text, "a slope that is not finite");
    assert_int_equal(bal_expr_derivative(compile(&b, "1/x"), &env, ID_X, &y, &slope),
                     BAL_E_NUMERIC);
    assert_string_equal(fault.text, "division by zero");
    bal_arena_release(&b.arena);
}

/* What a function over frequency does to a variable is not known here. */
static void test_reducer(void **state)
{
    (void)state;
    bench b = start();
    const bal_ddc reduced[1] = {bal_ddc_real(6.5)};
    const bal_env env = {.user = &b, .value = value, .reduced = reduced};
    bal_ddc y;
    bal_ddc slope;
    const bal_expr *expr = compile(&b, "x*maxf(db(z))");
    assert_int_equal(bal_expr_derivative(expr, &env, ID_X, &y, &slope), BAL_OK);
    assert_close(slope.re.hi, 6.5, 0, 0);
    assert_int_equal(bal_expr_derivative(expr, &env, ID_Z, &y, &slope), BAL_E_USAGE);
    bal_arena_release(&b.arena);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_differences),
        cmocka_unit_test(test_closed_forms),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_reducer),
    };
    return bal_run_tests(tests, argc, argv);
}
