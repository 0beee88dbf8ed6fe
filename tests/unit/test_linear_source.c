/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear sources: what counts as linear, slopes, measured curves, and the rows of voltage and
 * current. */
#include <string.h>

#include "bal_fixture.h"
#include "bal_test.h"
#include "models.h"
#include "term.h"

/* ---- linearity ---- */

enum { ID_PARAMETER = 3, ID_FIRST = 10, ID_SECOND };

typedef struct bench {
    bal_arena arena;
    bal_diag diag;
    bal_source source;
} bench;

static int variable(void *user, bal_text name, bal_span at, bal_type *type)
{
    (void)user;
    (void)at;
    *type = BAL_REAL;
    if (bal_text_is(name, "k"))
        return ID_PARAMETER;
    return bal_text_is(name, "x") ? ID_FIRST : bal_text_is(name, "y") ? ID_SECOND : -1;
}

static bal_status value(void *user, int id, bal_ddc *out)
{
    (void)user;
    *out = bal_ddc_real(id == ID_PARAMETER ? 2.385 : 0.0);
    return BAL_OK;
}

static const bal_expr *compile(bench *b, const char *text)
{
    const bal_names names = {.variable = variable};
    const bal_expr *expr = NULL;
    b->source = (bal_source){.name = "t", .text = text, .length = (uint32_t)strlen(text)};
    const bal_span span = {&b->source, 0, b->source.length};
    assert_int_equal(bal_expr_compile(span, &names, NULL, &b->arena, &b->diag, &expr), BAL_OK);
    return expr;
}

static const struct {
    const char *text;
    bal_linearity is;
    const char *culprit; /* NULL: not looked at */
} shapes[] = {
    {"2.385", BAL_CONSTANT, NULL},
    {"k^2+sin(k)*freq", BAL_CONSTANT, NULL},
    {"k*x", BAL_AFFINE, NULL},
    {"-(x-3*y)/k^2+5", BAL_AFFINE, NULL},
    {"x*(1/(1+s*1u))*k-y*exp(-k)", BAL_AFFINE, NULL},
    {"deg(x)+rad(y)", BAL_AFFINE, NULL},
    {"if(k>1, x, x*x)", BAL_NONLINEAR, "x*x"},
    {"if(k>1, x, y)", BAL_AFFINE, NULL},
    {"if(x>1, x, 2*y)", BAL_PIECEWISE, NULL},
    {"limit(1e5*x, -k, k)", BAL_PIECEWISE, NULL},
    {"2*max(x, y)-min(x, 1, y)", BAL_PIECEWISE, NULL},
    {"table(x, -1, -2, 1, 2, 3, 5)", BAL_PIECEWISE, NULL},
    {"abs(x)+uramp(y)", BAL_PIECEWISE, NULL},
    {"x*y", BAL_NONLINEAR, "x*y"},
    {"1+k/x", BAL_NONLINEAR, "k/x"},
    {"3*sqrt(x)+y", BAL_NONLINEAR, "sqrt(x)"},
    {"limit(x^2, -1, 1)", BAL_NONLINEAR, "x^2"},
    {"maxf(x)", BAL_NONLINEAR, "maxf(x)"},
};

static void shapes_of_expressions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        bench b = {0};
        bal_span culprit = {0};
        const bal_expr *expr = compile(&b, shapes[i].text);
        const bal_linearity found = bal_expr_linearity(expr, ID_FIRST, &culprit);
        if (found != shapes[i].is)
            fail_msg("%s: %d, expected %d", shapes[i].text, (int)found, (int)shapes[i].is);
        assert_int_equal(bal_expr_linearity(expr, ID_FIRST, NULL), found);
        if (shapes[i].culprit)
            assert_true(bal_text_is(bal_span_text(culprit), shapes[i].culprit));
        bal_arena_release(&b.arena);
    }
}

/* ---- coefficients ---- */

static void assert_term(const bal_term *term, const bal_env *env, double complex want)
{
    bal_ddc got;
    assert_int_equal(bal_term_value(term, env, &got), BAL_OK);
    assert_close_complex(bal_ddc_double(got), want, 1e-15, 0.0);
}

static void slope_times_transfer(void **state)
{
    (void)state;
    bench b = {0};
    const bal_expr *transfer = compile(&b, "1/(1+s*1m)");
    const bal_expr *input = compile(&b, "k*x-7*y+3");
    const bal_env env = {.value = value, .frequency = bal_dd_of(230.0)};
    bal_term term = {.input = input, .variable = ID_FIRST, .transfer = transfer};
    const double complex low = 1.0 / bal_cplx(1.0, BAL_TWO_PI * 0.23);
    assert_term(&term, &env, 2.385 * low);
    term.variable = ID_SECOND;
    assert_term(&term, &env, -7.0 * low);
    term.variable = -1; /* the value itself */
    assert_term(&term, &env, 3.0 * low);
    term = (bal_term){.variable = -1};
    assert_term(&term, &env, 1.0);
    bal_arena_release(&b.arena);
}

static void fault_of_a_coefficient(void **state)
{
    (void)state;
    bench b = {0};
    bal_fault fault = {NULL, {0}};
    const bal_env env = {.value = value, .fault = &fault};
    const bal_term term = {.variable = -1, .transfer = compile(&b, "k/s")};
    bal_ddc got = bal_ddc_real(5.0);
    assert_int_equal(bal_term_value(&term, &env, &got), BAL_E_NUMERIC);
    assert_close_complex(bal_ddc_double(got), 5.0, 0.0, 0.0);
    assert_string_equal(fault.text, "division by zero");
    bal_arena_release(&b.arena);
}

static void assert_curve(const bal_curve *curve, double hertz, double decibel, double degree)
{
    const bal_term term = {.variable = -1, .curve = curve};
    const bal_env env = {.frequency = bal_dd_of(hertz)};
    const double modulus = pow(10.0, decibel / 20.0);
    const double angle = degree * BAL_TWO_PI / 360.0;
    bal_ddc got;
    assert_int_equal(bal_term_value(&term, &env, &got), BAL_OK);
    assert_close_complex(bal_ddc_double(got), bal_cplx(modulus * cos(angle), modulus * sin(angle)),
                         1e-14, 0.0);
}

static const double nothing = -(double)INFINITY;

static void measured_curve(void **state)
{
    (void)state;
    const double frequency[] = {0.0, 40.0, 4000.0};
    const double decibel[] = {6.0, 3.0, -17.0};
    const double degree[] = {0.0, -31.0, -131.0};
    bal_curve curve = {3, frequency, decibel, degree, 0.0};
    assert_curve(&curve, 0.0, 6.0, 0.0);
    assert_curve(&curve, 10.0, 5.25, -7.75);
    assert_curve(&curve, 40.0, 3.0, -31.0);
    assert_curve(&curve, 400.0, -7.0, -81.0);
    assert_curve(&curve, 4000.0, -17.0, -131.0);
    assert_curve(&curve, 4001.0, nothing, 0.0);
    curve.delay = 31e-6;
    assert_curve(&curve, 400.0, -7.0, -81.0 - 360.0 * 400.0 * 31e-6);
    const bal_curve point = {1, frequency + 1, decibel + 1, degree + 1, 0.0};
    assert_curve(&point, 40.0, 3.0, -31.0);
    assert_curve(&point, 39.0, nothing, 0.0);
}

/* ---- rows ---- */

typedef struct source {
    bal_fixture f;
    bal_fixture sensed;
    bench b;
    bal_term terms[2];
} source;

/* v(1,2) or i from 1 to 2 = 2.385 v(3,4) + 0.7/(1+s*1m) i(V1), V1 a branch of two copies. */
static void source_of_two_terms(source *s)
{
    bal_fixture *f = &s->f;
    s->b = (bench){0};
    bal_fixture_init(&s->sensed, "vsource", "V1");
    s->sensed.dev.multiplicity = 2.0;
    bal_fixture_init(f, "linear source", "B1");
    f->dev.n_nodes = 4;
    for (int i = 0; i < 4; i++)
        f->nodes[i] = i + 1;
    bal_fixture_refer(f, &s->sensed);
    s->terms[0] = (bal_term){.a = 2, .b = 3, .coefficient = bal_dd_of(2.385), .variable = -1};
    s->terms[1] = (bal_term){.reads_current = true,
                             .varies = true,
                             .variable = -1,
                             .transfer = compile(&s->b, "0.7/(1+s*1m)")};
    f->dev.terms = s->terms;
    f->dev.n_terms = 2;
    f->dev.multiplicity = 3.0;
}

static void release(source *s)
{
    bal_fixture_release(&s->f);
    bal_fixture_release(&s->sensed);
    bal_arena_release(&s->b.arena);
}

static void voltage_of_two_terms(void **state)
{
    (void)state;
    source s;
    const bal_fixture *f = &s.f;
    source_of_two_terms(&s);
    bal_fixture_assemble(&s.f, 230.0);
    const double complex low = 0.7 / bal_cplx(1.0, BAL_TWO_PI * 0.23);
    assert_int_equal(f->n, 6);
    assert_close_complex(f->a[4][0], 1.0, 0.0, 0.0);
    assert_close_complex(f->a[4][1], -1.0, 0.0, 0.0);
    assert_close_complex(f->a[4][2], -2.385, 1e-15, 0.0);
    assert_close_complex(f->a[4][3], 2.385, 1e-15, 0.0);
    assert_close_complex(f->a[4][5], -low / 2.0, 1e-15, 0.0);
    assert_close_complex(f->a[0][4], 1.0, 0.0, 0.0);
    assert_close_complex(f->a[1][4], -1.0, 0.0, 0.0);
    release(&s);
}

static void current_of_two_terms(void **state)
{
    (void)state;
    source s;
    const bal_fixture *f = &s.f;
    source_of_two_terms(&s);
    s.f.dev.forces_current = true;
    bal_fixture_give(&s.f, "tc1", 0.01);
    s.f.dev.temperature = 37.0;
    const double factor = 3.0 * 1.1;
    bal_fixture_assemble(&s.f, 230.0);
    const double complex low = 0.7 / bal_cplx(1.0, BAL_TWO_PI * 0.23);
    assert_close_complex(f->a[4][4], 1.0, 0.0, 0.0);
    assert_close_complex(f->a[4][2], -2.385 * factor, 1e-15, 0.0);
    assert_close_complex(f->a[4][5], -low * factor / 2.0, 1e-15, 0.0);
    assert_close_complex(f->a[4][0], 0.0, 0.0, 0.0);
    bal_fixture_assert_current(&s.f, 230.0);
    s.terms[1].varies = false; /* then there is no branch */
    s.terms[1].coefficient = bal_dd_of(0.31);
    bal_fixture_assemble(&s.f, 230.0);
    assert_int_equal(f->n, 5);
    assert_close_complex(f->a[0][3], -2.385 * factor, 1e-15, 0.0);
    assert_close_complex(f->a[1][2], -2.385 * factor, 1e-15, 0.0);
    assert_close_complex(f->a[0][4], 0.31 * factor / 2.0, 1e-15, 0.0);
    bal_fixture_assert_current(&s.f, 230.0);
    release(&s);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_of_expressions),  cmocka_unit_test(slope_times_transfer),
        cmocka_unit_test(fault_of_a_coefficient), cmocka_unit_test(measured_curve),
        cmocka_unit_test(voltage_of_two_terms),   cmocka_unit_test(current_of_two_terms),
    };
    return bal_run_tests(tests, argc, argv);
}
