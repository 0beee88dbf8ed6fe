/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bounded evaluation: whatever the true arguments are inside of their intervals, the true value is
 * inside of the result's. Random intervals with the seed printed below; nulls, poles and decisions.
 */
#include "expr.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "bal_test.h"

/* Variables: x, y real; z, w1 complex. */
enum { ID_X, ID_Y, ID_Z, ID_W, N_IDS };

typedef struct bench {
    bal_arena arena;
    bal_bounded interval[N_IDS];
    bal_ddc sample[N_IDS];
    uint64_t random;
} bench;

static double uniform(bench *b)
{
    b->random += 0x9e3779b97f4a7c15U; /* splitmix64 */
    uint64_t v = b->random;
    v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9U;
    v = (v ^ (v >> 27)) * 0x94d049bb133111ebU;
    return (double)((v ^ (v >> 31)) >> 11) * 0x1p-53;
}

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
    *out = b->sample[id];
    return BAL_OK;
}

static bal_status bounded(void *user, int id, bal_bounded *out)
{
    const bench *b = user;
    *out = b->interval[id];
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

static void set_real(bench *b, int id, double centre, double radius)
{
    b->interval[id] = (bal_bounded){.value = bal_ddc_real(centre),
                                    .radius = radius,
                                    .low = centre - radius,
                                    .high = centre + radius};
    if (radius > 0.0) { /* rounding must not cut off a sample */
        b->interval[id].low = nextafter(centre - radius, -HUGE_VAL);
        b->interval[id].high = nextafter(centre + radius, HUGE_VAL);
    }
}

static void set_disc(bench *b, int id, double complex centre, double radius)
{
    const double m = cabs(centre);
    b->interval[id] = (bal_bounded){.value = bal_ddc_from(centre),
                                    .radius = radius,
                                    .low = fmax(0.0, m - radius),
                                    .high = m + radius};
}

/* Radii of all sizes, some 0, some larger than the value. */
static void randomise(bench *b)
{
    for (int i = 0; i < N_IDS; i++) {
        const double r = uniform(b) < 0.15 ? 0.0 : pow(10.0, -12.0 + 12.5 * uniform(b));
        const double re = 6.0 * uniform(b) - 3.0;
        const double im = 6.0 * uniform(b) - 3.0;
        if (i < ID_Z)
            set_real(b, i, re, r);
        else
            set_disc(b, i, bal_cplx(re, uniform(b) < 0.1 ? 0.0 : im), r);
    }
}

/* A point of each interval, often at its rim. */
static void draw(bench *b)
{
    for (int i = 0; i < N_IDS; i++) {
        const bal_bounded *in = &b->interval[i];
        const double angle = 6.283185307179586 * uniform(b);
        const double r = in->radius * (uniform(b) < 0.5 ? 1.0 : uniform(b)) * (1.0 - 1e-15);
        const double side = uniform(b) < 0.5 ? -1.0 : 1.0;
        b->sample[i] = in->value;
        if (i < ID_Z) {
            b->sample[i].re = bal_dd_add(in->value.re, bal_dd_of(side * r));
        } else {
            b->sample[i].re = bal_dd_add(in->value.re, bal_dd_of(r * cos(angle)));
            b->sample[i].im = bal_dd_add(in->value.im, bal_dd_of(r * sin(angle)));
        }
    }
}

static bool holds(const bal_expr *expr, bal_ddc truth, const bal_bounded *y)
{
    const double slack = 1e-14 * bal_ddc_abs(truth) + 1e-300;
    if (isnan(y->radius) || isnan(y->low) || isnan(y->high) || isnan(y->value.re.hi))
        return false;
    if (bal_expr_type(expr) == BAL_BOOL)
        return y->value.re.hi == 0.5 || y->value.re.hi == truth.re.hi;
    const double distance = bal_ddc_abs(bal_ddc_sub(truth, y->value));
    const double figure =
        bal_expr_type(expr) == BAL_COMPLEX ? bal_ddc_abs(truth) : bal_dd_double(truth.re);
    const bool inside = isinf(y->radius) || distance <= y->radius * (1.0 + 1e-12) + slack;
    return inside && figure >= y->low - slack && figure <= y->high + slack;
}

static void check(bench *b, const char *text)
{
    enum { INTERVALS = 300, POINTS = 12 };
    const bal_expr *expr = compile(b, text);
    const bal_env env = {
        .user = b, .value = value, .bounded = bounded, .frequency = bal_dd_of(333.0)};
    int checked = 0;
    for (int i = 0; i < INTERVALS; i++) {
        bal_bounded y;
        bal_ddc truth;
        randomise(b);
        if (bal_expr_bounded(expr, &env, &y) != BAL_OK)
            continue;
        for (int k = 0; k < POINTS; k++) {
            draw(b);
            if (bal_expr_value(expr, &env, &truth) != BAL_OK)
                continue;
            checked++;
            if (!holds(expr, truth, &y))
                fail_msg(
                    "%s: true %.17g %+.17gj, bounded %.17g %+.17gj radius %g in [%.17g, %.17g]\n"
                    "x %.17g r %g, y %.17g r %g, z %.17g %+.17gj r %g",
                    text, truth.re.hi, truth.im.hi, y.value.re.hi, y.value.im.hi, y.radius, y.low,
                    y.high, b->interval[ID_X].value.re.hi, b->interval[ID_X].radius,
                    b->interval[ID_Y].value.re.hi, b->interval[ID_Y].radius,
                    b->interval[ID_Z].value.re.hi, b->interval[ID_Z].value.im.hi,
                    b->interval[ID_Z].radius);
        }
    }
    if (checked < INTERVALS)
        fail_msg("%s: only %d points were comparable", text, checked);
}

static void check_all(void **state, const char *const texts[], size_t n)
{
    (void)state;
    bench b = {.random = 20240607};
    print_message("seed 20240607\n");
    for (size_t i = 0; i < n; i++)
        check(&b, texts[i]);
    bal_arena_release(&b.arena);
}

#define CHECK_ALL(state, texts) check_all((state), (texts), sizeof(texts) / sizeof((texts)[0]))

static void test_arithmetic(void **state)
{
    static const char *const texts[] = {
        "x+y",          "x-y",           "-x",       "x*y",
        "x/y",          "1/x",           "sqr(x)",   "x^2",
        "x^3",          "x^-1",          "x^-2",     "abs(x)^1.7",
        "2^x",          "abs(x)^y",      "pwr(x,y)", "pwrs(x,y)",
        "sqrt(abs(x))", "z+w1",          "z-w1",     "-z",
        "z*w1",         "z/w1",          "1/z",      "x*z",
        "z/x",          "x/z",           "sqr(z)",   "z^2",
        "z^5",          "z^-1",          "z^-3",     "z^0.4",
        "z^w1",         "sqrt(z)",       "deg(x)",   "rad(z)",
        "z*x+w1/y",     "(z-w1)/(z+w1)", "x*x-x",    "(x+y)*(x-y)/3",
    };
    CHECK_ALL(state, texts);
}

static void test_elementary(void **state)
{
    static const char *const texts[] = {
        "exp(x)",    "ln(abs(x))",   "log10(abs(x))", "sin(x)",  "cos(x)",  "tan(x)",
        "asin(x/4)", "acos(x/4)",    "atan(x)",       "sinh(x)", "cosh(x)", "tanh(x)",
        "asinh(x)",  "acosh(1+x*x)", "atanh(x/4)",    "cbrt(x)", "exp(z)",  "ln(z)",
        "log10(z)",  "sin(z)",       "cos(z)",        "sinh(z)", "cosh(z)", "tan(z/9)",
        "atan(z/9)", "asinh(z/9)",   "tanh(z/9)",
    };
    CHECK_ALL(state, texts);
}

static void test_responses(void **state)
{
    static const char *const texts[] = {
        "abs(x)",       "abs(z)",   "ph(x)",      "ph(z)",        "re(z)",
        "im(z)",        "conj(z)",  "db(x)",      "db(z)",        "dbu(z)",
        "db(z/w1)",     "im(x)",    "atan2(x,y)", "hypot(x,y)",   "abs(z)-abs(w1)",
        "db(1/(z-w1))", "re(z*w1)", "abs(z*x)",   "db(z)-db(w1)",
    };
    CHECK_ALL(state, texts);
}

static void test_real_functions(void **state)
{
    static const char *const texts[] = {
        "floor(x)",
        "ceil(x)",
        "int(x)",
        "round(x)",
        "nint(x)",
        "sgn(x)",
        "sign(x,y)",
        "u(x)",
        "uramp(x)",
        "buf(x)",
        "inv(x)",
        "min(x,y)",
        "max(x,y,1)",
        "limit(x,-1,1)",
        "limit(x,y,2)",
        "fmod(x,0.7)",
        "x%y",
        "uplim(x,y,0.5)",
        "dnlim(x,y,0.5)",
        "table(x,-2,1,0,3,1,-4,2,5)",
        "gauss(x,0.1,3)",
        "if(x>y,x,y)",
        "if(x>y,z,w1)",
        "if(x>0,z,y)",
        "x>y?x-y:y-x",
    };
    CHECK_ALL(state, texts);
}

static void test_truths(void **state)
{
    static const char *const texts[] = {
        "x<y",
        "x>y",
        "x<=y",
        "x>=y",
        "x==y",
        "x!=y",
        "z==w1",
        "!(x<y)",
        "x<y && y<1",
        "x<y || y<1",
        "!x",
        "within(x,y,0.5)",
        "within(z,w1,2)",
        "abs(z)<2",
        "db(z)<db(w1)",
        "(x<y)+(y<1)>1",
        "x && y",
        "x || y",
    };
    CHECK_ALL(state, texts);
}

static bal_bounded evaluate(bench *b, const char *text)
{
    const bal_env env = {.user = b, .bounded = bounded};
    bal_bounded y = {0};
    assert_int_equal(bal_expr_bounded(compile(b, text), &env, &y), BAL_OK);
    return y;
}

/* The common-mode gain is 0 within 1e-17: the ratio has no upper end, and a true lower one. */
static void test_null(void **state)
{
    (void)state;
    bench b = {.random = 1};
    set_disc(&b, ID_Z, bal_cplx(0.5, 0.0), 1e-16);
    set_disc(&b, ID_W, bal_cplx(0.0, 0.0), 1e-17);
    const bal_bounded ratio = evaluate(&b, "z/w1");
    assert_true(isinf(ratio.radius) && isinf(ratio.high));
    assert_close(ratio.low, 0.5e17, 1e-12, 0);
    const bal_bounded level = evaluate(&b, "db(z/w1)");
    assert_true(level.value.re.hi == HUGE_VAL && level.high == HUGE_VAL);
    assert_close(level.low, 333.97940008672037, 1e-12, 0);
    const bal_bounded null = evaluate(&b, "db(w1)");
    assert_true(null.value.re.hi == -HUGE_VAL && null.low == -HUGE_VAL);
    assert_close(null.high, -340.0, 1e-12, 0);
    const bal_bounded claim = evaluate(&b, "db(z/w1) > 200");
    assert_close(claim.value.re.hi, 1.0, 0, 0);
    assert_true(claim.margin == HUGE_VAL);
    assert_close(claim.limit, 200.0, 0, 0);
    set_disc(&b, ID_W, bal_cplx(0.0, 0.0), 0.0);
    assert_close(evaluate(&b, "db(z/w1) > 200").value.re.hi, 1.0, 0, 0);
    assert_close(evaluate(&b, "db(w1/z) > -400").value.re.hi, 0.0, 0, 0);
    bal_arena_release(&b.arena);
}

static void test_margins(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double truth;
        double margin;
        double limit;
    } cases[] = {
        {"x < 3", 1, 0.615, 3},
        {"x > 3", 0, -0.615, 3},
        {"x >= 2.3 ", 1, 0.085, 2.3},
        {"x <= 2.39", 0.5, 0.005, 2.39},
        {"within(x,2,0.4)", 1, 0.015, 0.4},
        {"within(x,2,0.386)", 0.5, 0.001, 0.386},
        {"x<3 && x>2.2", 1, 0.185, 2.2},
        {"x<3 || x>9", 1, 0.615, 3},
        {"x<3 && x>2.38", 0.5, 0.005, 2.38},
        {"x<2 && x>2.38", 0, -0.385, 2},
    };
    bench b = {.random = 1};
    set_real(&b, ID_X, 2.385, 0.01);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const bal_bounded y = evaluate(&b, cases[i].text);
        print_message("%s\n", cases[i].text);
        assert_close(y.value.re.hi, cases[i].truth, 0, 0);
        assert_close(y.margin, cases[i].margin, 1e-12, 0);
        assert_close(y.limit, cases[i].limit, 1e-15, 0);
    }
    assert_close(evaluate(&b, "within(x,2,0.4)").found, 2.385, 1e-15, 0);
    assert_close(evaluate(&b, "x<3 && within(x,2,0.4)").found, 2.385, 1e-15, 0);
    assert_close(evaluate(&b, "x>9 || within(x,2,0.4)").found, 2.385, 1e-15, 0);
    assert_true(isnan(evaluate(&b, "within(x,2,0.4) && x<2.386").found));
    assert_true(isnan(evaluate(&b, "within(z,2,400)").found));
    assert_true(isnan(evaluate(&b, "x<3").found));
    assert_true(isnan(evaluate(&b, "!(x<3)").margin));
    assert_true(isnan(evaluate(&b, "x==3").margin));
    bal_arena_release(&b.arena);
}

/* Exact operands stay exact: an equality of computed parameters is decided. */
static void test_exact(void **state)
{
    (void)state;
    bench b = {.random = 1};
    set_real(&b, ID_X, 2.385, 0.0);
    set_disc(&b, ID_Z, bal_cplx(3.0, -4.0), 0.0);
    assert_close(evaluate(&b, "x*2 == x+x").value.re.hi, 1.0, 0, 0);
    assert_close(evaluate(&b, "x*2 <= x+x").value.re.hi, 1.0, 0, 0);
    assert_close(evaluate(&b, "x*(1+1e-20) > x").value.re.hi, 1.0, 0, 0);
    assert_close(evaluate(&b, "abs(z) == 5").value.re.hi, 1.0, 0, 0);
    assert_close(evaluate(&b, "z/z == 1").value.re.hi, 1.0, 0, 0);
    assert_close(evaluate(&b, "ph(-x)").value.re.hi, 180.0, 1e-15, 0); /* not -180 */
    bal_arena_release(&b.arena);
}

/* The bound must be useful too: near first order for a small error. */
static void test_tight(void **state)
{
    (void)state;
    bench b = {.random = 1};
    set_real(&b, ID_X, 2.385, 1e-9);
    set_disc(&b, ID_Z, bal_cplx(3.0, -4.0), 1e-9);
    assert_close(evaluate(&b, "x*x").radius, 4.77e-9, 1e-5, 0);
    assert_close(evaluate(&b, "1/x").radius, 1.758e-10, 1e-3, 0);
    assert_close(evaluate(&b, "exp(x)").radius, 1.08591e-8, 1e-4, 0);
    assert_close(evaluate(&b, "db(z)").radius, 8.6858896380650366 * 2e-10, 1e-3, 0);
    assert_close(evaluate(&b, "ph(z)").radius, 57.29577951308232 * 2e-10, 1e-3, 0);
    assert_close(evaluate(&b, "z*z").radius, 1e-8, 1e-5, 0);
    assert_close(evaluate(&b, "sqrt(z)").radius, 1e-9 / (2 * 2.23606797749979), 1e-5, 0);
    assert_true(evaluate(&b, "sin(z)").radius < 3.0 * cabs(ccos(bal_cplx(3, -4))) * 1e-9);
    bal_arena_release(&b.arena);
}

/* A fault that no interval explains is still one. */
static void test_faults(void **state)
{
    (void)state;
    bench b = {.random = 1};
    bal_fault fault = {0};
    const bal_env env = {.user = &b, .bounded = bounded, .fault = &fault};
    bal_bounded y;
    set_real(&b, ID_X, -2.385, 0.01);
    assert_int_equal(bal_expr_bounded(compile(&b, "sqrt(x)"), &env, &y), BAL_E_NUMERIC);
    assert_string_equal(fault.text, "square root of a negative number");
    assert_int_equal(bal_expr_bounded(compile(&b, "ln(x)"), &env, &y), BAL_E_NUMERIC);
    assert_int_equal(bal_expr_bounded(compile(&b, "x>0 && ln(x)>1"), &env, &y), BAL_OK);
    assert_close(y.value.re.hi, 0.0, 0, 0);
    assert_int_equal(bal_expr_bounded(compile(&b, "if(x>0,ln(x),7.5)"), &env, &y), BAL_OK);
    assert_close(y.value.re.hi, 7.5, 0, 0);
    bal_arena_release(&b.arena);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arithmetic), cmocka_unit_test(test_elementary),
        cmocka_unit_test(test_responses),  cmocka_unit_test(test_real_functions),
        cmocka_unit_test(test_truths),     cmocka_unit_test(test_null),
        cmocka_unit_test(test_margins),    cmocka_unit_test(test_exact),
        cmocka_unit_test(test_tight),      cmocka_unit_test(test_faults),
    };
    return bal_run_tests(tests, argc, argv);
}
