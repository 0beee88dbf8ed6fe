/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions: values, precedence, types, names and probes, and what an expression tells of itself.
 */
#include "expr.h"

#include <math.h>
#include <string.h>

#include "bal_test.h"
#include "expr_bench.h"

typedef struct value_case {
    const char *text;
    double re;
    double im;
} value_case;

static void check_values(void **state, const value_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double complex got = bal_ddc_double(expr_bench_value(*state, cases[i].text));
        const double complex want = bal_cplx(cases[i].re, cases[i].im);
        if (!(cabs(got - want) <= 1e-14 * cabs(want) + 1e-300))
            fail_msg("%s: got %.17g %+.17gj, want %.17g %+.17gj", cases[i].text, creal(got),
                     cimag(got), creal(want), cimag(want));
    }
}

#define CHECK_VALUES(state, cases)                                                                 \
    check_values((state), (cases), sizeof(cases) / sizeof((cases)[0]))

static void test_operators(void **state)
{
    static const value_case cases[] = {
        {"2+3*4", 14, 0},
        {"(2+3)*4", 20, 0},
        {"{2+3}*'4-1'", 15, 0},
        {"-2^2", -4, 0},
        {"2^(3^2)", 512, 0},
        {"2^3^2", 64, 0}, /* ngspice 39; the message is in errors/power_chain */
        {"2**3**2", 64, 0},
        {"2^-1^2", 0.25, 0},
        {"2^-+-3", 8, 0},
        {"2^-3", 0.125, 0},
        {"-a", -2.385, 0},
        {"7-3-2", 2, 0},
        {"24/4/2", 3, 0},
        {"17%5", 2, 0},
        {"-17 % 5", -2, 0},
        {"1<2", 1, 0},
        {"2<=1", 0, 0},
        {"3>2 && 2>3", 0, 0},
        {"3>2 || 2>3", 1, 0},
        {"3>2 & 2>3", 0, 0},
        {"3>2 | 2>3", 1, 0},
        {"!3", 0, 0},
        {"~0", 1, 0},
        {"1==1", 1, 0},
        {"1!=1", 0, 0},
        {"1<>2", 1, 0},
        {"a>2?5:6", 5, 0},
        {"a<2?5:a<3?7:8", 7, 0},
        {"1+2<4", 1, 0},
        {"1 || 0 && 0", 1, 0},
        {"0 && 1/0", 0, 0},
        {"1 || 1/0", 1, 0},
        {"if(1, 6, 1/0)", 6, 0},
        {"z*z", 1.76, -2.1},
        {"z-z", 0, 0},
        {"z/(3-1.4*s/w)", 0.5, 0},
        {"2--3", 5, 0},
        {"+3", 3, 0},
        {"1+ (a>2)", 2, 0},
        {"(-2)^3", -8, 0},
        {"z^2", 1.76, -2.1},
        {"0^0", 1, 0},
        {"2 ^ 0.5", 1.4142135623730951, 0},
    };
    CHECK_VALUES(state, cases);
}

/* from mpmath */
static const value_case functions[] = {
    {"abs(-3.5)", 3.5, 0},
    {"mag(3-4*s/w)", 5, 0},
    {"ph(-s)", -90, 0},
    {"phase(-1)", 180, 0},
    {"re(z)+imag(z)", 0.8, 0},
    {"im(z)", -0.7, 0},
    {"conj(z)", 1.5, 0.7},
    {"db(0.05)", -26.020599913279624, 0},
    {"dbv(-20)", 26.020599913279624, 0},
    {"dbu(7*sqrt(0.6))", 16.901960800285137, 0},
    {"dbu(3)", 11.760912590556813, 0},
    {"sqrt(z)", 1.2560442937501617, -0.27865259349653007},
    {"sqrt(2.385)", 1.5443445211480501, 0},
    {"sqr(-7)", 49, 0},
    {"cbrt(-27.5)", -3.0184053683988430, 0},
    {"exp(2.385)", 10.859062664920516, 0},
    {"ln(2.385)", 0.86919912434030454, 0},
    {"log(2.385)", 0.86919912434030454, 0},
    {"log10(2.385)", 0.37748838337613273, 0},
    {"sin(2.385)", 0.68644768332195337, 0},
    {"cos(2.385)", -0.72717919253917272, 0},
    {"tan(2.385)", -0.94398697097617357, 0},
    {"asin(0.3)", 0.3046926540153975, 0},
    {"acos(0.3)", 1.266103672779499, 0},
    {"atan(2.385)", 1.173774395804624, 0},
    {"arcsin(0.3)", 0.3046926540153975, 0},
    {"arccos(0.3)", 1.266103672779499, 0},
    {"arctan(2.385)", 1.173774395804624, 0},
    {"m(-2.385)", 2.385, 0},
    {"magnitude(-2.385)", 2.385, 0},
    {"img(2.385)", 0, 0},
    {"atan2(-1,-2.5)", -2.761086276477428, 0},
    {"sinh(2.385)", 5.3834868426706176, 0},
    {"cosh(2.385)", 5.4755758222498988, 0},
    {"tanh(2.385)", 0.98318186386807405, 0},
    {"asinh(2.385)", 1.6036532698413921, 0},
    {"acosh(2.385)", 1.5151779865244667, 0},
    {"atanh(0.3)", 0.30951960420311175, 0},
    {"pow(2,10)", 1024, 0},
    {"pwr(-3,2.5)", 15.588457268119896, 0},
    {"pwrs(-3,2.5)", -15.588457268119896, 0},
    {"hypot(3,-4)", 5, 0},
    {"fmod(7.5,-2)", 1.5, 0},
    {"min(4,3,7,2.5)", 2.5, 0},
    {"max(4,3,7,2.5)", 7, 0},
    {"limit(9,2,5)", 5, 0},
    {"limit(1,2,5)", 2, 0},
    {"limit(9,2)", 9, 0},
    {"ternary_fcn(a>3,1,2)", 2, 0},
    {"int(-2.7)", -2, 0},
    {"floor(-2.7)", -3, 0},
    {"ceil(-2.7)", -2, 0},
    {"round(2.5)", 3, 0},
    {"round(-2.5)", -3, 0},
    {"nint(2.5)", 2, 0},
    {"nint(3.5)", 4, 0},
    {"nint(-2.5)", -2, 0},
    {"sgn(-3)", -1, 0},
    {"sign(0)", 0, 0},
    {"sign(-3,-2)", -3, 0},
    {"u(0)+stp(2)", 1, 0},
    {"uramp(-2)+uramp(3)", 3, 0},
    {"buf(0.6)+inv(0.6)", 1, 0},
    {"uplim(2,5,0.5)", 2, 0},
    {"uplim(9,5,0.5)", 4.999938295097956, 0},
    {"dnlim(-9,-5,0.5)", -4.999938295097956, 0},
    {"table(a,1,10,2,20,4,0)", 16.15, 0},
    {"table(-5,1,10,2,20)", 10, 0},
    {"table(50,1,10,2,20)", 20, 0},
    {"within(z,1.5,0.71)", 1, 0},
    {"within(z,1.5,0.69)", 0, 0},
    {"deg(pi)+rad(180)/pi", 181, 0},
    {"gauss(5,0.1,3)+gauss(2)", 5, 0},
    {"agauss(5,1,3)+unif(2,0.1)+aunif(3,1)+mc(4,0.1)+flat(9)", 14, 0},
    {"log10(z)", 0.21887528141019398, -0.18962476615611027},
};

static void test_functions(void **state)
{
    CHECK_VALUES(state, functions);
}

static void test_names(void **state)
{
    static const value_case cases[] = {
        {"freq+HERTZ", 1994, 0},     {"s/(2*pi)", 0, 997},
        {"w/omega*temp", 31.5, 0},   {"temper", 31.5, 0},
        {"e", 2.718281828459045, 0}, {"true+yes+no+false", 2, 0},
        {"c/1e8", 2.99792458, 0},    {"@r.x1.r3[i]*RX.GAIN", 5.688225, 0},
        {"both(a,3)", 9.54, 0},      {"both(2,both(1,1))", 6, 0},
    };
    CHECK_VALUES(state, cases);
}

static void test_numbers(void **state)
{
    static const value_case cases[] = {
        {"10kohm", 1e4, 0},     {"1Meg", 1e6, 0},  {"2.2uF", 2.2e-6, 0}, {"5mil", 127e-6, 0},
        {"1\xC2\xB5", 1e-6, 0}, {"3n", 3e-9, 0},   {"7a", 7e-18, 0},     {"2eV", 2, 0},
        {"1e-3k", 1, 0},        {".5+5.", 5.5, 0}, {"4t/1g", 4000, 0},   {"1k\xCE\xA9", 1e3, 0},
        {"1k5+4R7", 1504.7, 0},
    };
    CHECK_VALUES(state, cases);
}

/* Digits beyond a double survive. */
static void test_double_double(void **state)
{
    const bal_ddc y = expr_bench_value(*state, "1k*(1+1e-20)-1000");
    assert_close(y.re.hi, 1e-17, 1e-10, 0);
    const bal_ddc root = expr_bench_value(*state, "sqrt(2)^2-2");
    assert_true(fabs(root.re.hi) < 1e-31);
    const bal_ddc complex_root = expr_bench_value(*state, "sqrt(z)^2-z");
    assert_true(bal_ddc_abs(complex_root) < 1e-30);
}

static void test_continuation(void **state)
{
    static const value_case cases[] = {
        {"1+\n+2*3", 7, 0},
        {"1+ \r\n\r\n* a comment\r\n\n+ 2*3", 7, 0},
        {"4 ; half a comment\n+ *2", 8, 0},
        {"4 $ half a comment\n+ *2", 8, 0},
        {"4 // half a comment\n+ *2", 8, 0},
    };
    CHECK_VALUES(state, cases);
}

static void test_probes(void **state)
{
    static const char *const cases[][2] = {
        {"v(in+)", "v<in+>"},
        {"v(Net-(R1-Pad1))", "v<Net-(R1-Pad1)>"},
        {"v( a-b , c )", "v<a-b><c>"},
        {"v(\"a,b\",0)", "v<a,b><0>"},
        {"gain(v(o,r),V1)", "gain<v(o,r)><V1>"},
        {"ZIN(V1)+p(R1)", "zin<V1>p<R1>"},
        {"vdb(out)-vp(out)+vm(o)+vr(o)+vi(o)", "v<out>v<out>v<o>v<o>v<o>"},
        {"idb(V1)+ip(V1)+ir(V1)+ii(V1)", "i<V1>i<V1>i<V1>i<V1>"},
        {"v($N_0001)", "v<$N_0001>"},
    };
    expr_bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (!expr_bench_compile(b, cases[i][0]))
            fail_msg("%s: %s", cases[i][0], b->messages);
        assert_string_equal(b->probes, cases[i][1]);
    }
    assert_close(bal_dd_double(expr_bench_value(b, "vi(out)").re), -0.7, 1e-15, 0);
    assert_close(bal_dd_double(expr_bench_value(b, "vm(out)").re), 1.6552945357246849, 1e-15, 0);
}

static void test_types(void **state)
{
    static const struct {
        const char *text;
        bal_type type;
    } cases[] = {
        {"a", BAL_REAL},
        {"z", BAL_COMPLEX},
        {"s", BAL_COMPLEX},
        {"freq", BAL_REAL},
        {"abs(z)", BAL_REAL},
        {"a*z", BAL_COMPLEX},
        {"a<2", BAL_BOOL},
        {"z==1", BAL_BOOL},
        {"!a", BAL_BOOL},
        {"if(a,z,1)", BAL_COMPLEX},
        {"if(z==1,2,1)", BAL_REAL},
        {"at(z,1k)", BAL_COMPLEX},
        {"at(db(z),1k)", BAL_REAL},
        {"maxf(db(z))", BAL_REAL},
        {"bw(z)", BAL_REAL},
        {"conj(a)", BAL_REAL},
        {"within(z,1,2)", BAL_BOOL},
        {"(a<1)*2", BAL_REAL},
        {"sqrt(z)", BAL_COMPLEX},
        {"v(o)", BAL_COMPLEX},
    };
    expr_bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const bal_expr *expr = expr_bench_compile(b, cases[i].text);
        if (!expr || bal_expr_type(expr) != cases[i].type)
            fail_msg("%s: %s", cases[i].text, b->messages);
    }
}

static void test_census(void **state)
{
    expr_bench *b = *state;
    int count = 0;
    const bal_expr *expr = expr_bench_compile(b, "v(o)+z*a+at(z,a)+gauss(2,0.1,3)");
    const int *ids = bal_expr_variables(expr, &count);
    assert_int_equal(count, 3);
    assert_int_equal(ids[0], ID_A);
    assert_int_equal(ids[1], ID_Z);
    assert_int_equal(ids[2], ID_PROBE);
    assert_true(bal_expr_used(expr).random);
    assert_false(bal_expr_used(expr).frequency);
    assert_true(bal_expr_used(expr_bench_compile(b, "a*s")).frequency);
    assert_true(bal_expr_used(expr_bench_compile(b, "a*temp")).temperature);
    assert_false(bal_expr_used(expr_bench_compile(b, "limit(a,1,2)")).random);
    assert_true(bal_expr_used(expr_bench_compile(b, "limit(a,1)")).random);
    assert_true(bal_expr_is_constant(expr_bench_compile(b, "2*pi+sqrt(3)<4")));
    assert_false(bal_expr_is_constant(expr_bench_compile(b, "2*freq")));
    assert_false(bal_expr_is_constant(expr_bench_compile(b, "flat(1)")));
    assert_false(bal_expr_is_constant(expr_bench_compile(b, "at(1,2)")));
}

static void test_linear(void **state)
{
    static const char *const linear[] = {"v(p)-v(n)", "0.5*(v(a)+v(b))", "-v(a)/3", "z",
                                         "2*pi*a-z"};
    static const char *const other[] = {"v(a)+1", "v(a)*v(b)", "abs(v(a))", "3",
                                        "freq*a", "1/a",       "at(z,1)",   "if(1,a,z)"};
    expr_bench *b = *state;
    for (size_t i = 0; i < sizeof linear / sizeof linear[0]; i++)
        if (!bal_expr_is_linear(expr_bench_compile(b, linear[i])))
            fail_msg("%s", linear[i]);
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        if (bal_expr_is_linear(expr_bench_compile(b, other[i])))
            fail_msg("%s", other[i]);
}

static void test_reducers(void **state)
{
    expr_bench *b = *state;
    int count = 0;
    const bal_expr *expr = expr_bench_compile(b, "at(db(z),argmaxf(a*freq))-minf(a,20,20k)*2");
    const bal_reducer *r = bal_expr_reducers(expr, &count);
    assert_int_equal(count, 3);
    assert_string_equal(r[0].function, "argmaxf");
    assert_string_equal(r[1].function, "minf");
    assert_string_equal(r[2].function, "at");
    assert_int_equal(r[0].rank, 0);
    assert_int_equal(r[2].rank, 1);
    assert_int_equal(r[1].n_arguments, 3);
    assert_true(bal_text_is(bal_span_text(r[1].at), "minf(a,20,20k)"));
    bal_ddc reduced[3];
    reduced[r[0].slot] = bal_ddc_real(444.0);
    reduced[r[1].slot] = bal_ddc_real(2.5);
    reduced[r[2].slot] = bal_ddc_real(7.25);
    const bal_env env = {.user = b, .value = expr_bench_variable, .reduced = reduced};
    bal_ddc y;
    assert_int_equal(bal_expr_value(expr, &env, &y), BAL_OK);
    assert_close(y.re.hi, 2.25, 0, 0);
    assert_int_equal(bal_expr_value(r[2].arguments[1], &env, &y), BAL_OK);
    assert_close(y.re.hi, 444.0, 0, 0);
}

static void test_builders(void **state)
{
    expr_bench *b = *state;
    const bal_expr *a = bal_expr_variable(&b->arena, ID_A, BAL_REAL);
    const bal_expr *z = bal_expr_variable(&b->arena, ID_Z, BAL_COMPLEX);
    const bal_expr *pair[2] = {z, a};
    const bal_expr *ratio = bal_expr_call(&b->arena, "/", pair, 2);
    const bal_expr *db = bal_expr_call(&b->arena, "db", &ratio, 1);
    const bal_env env = {.user = b, .value = expr_bench_variable};
    bal_ddc y;
    assert_int_equal(bal_expr_value(db, &env, &y), BAL_OK);
    assert_close(bal_dd_double(y.re), -3.1722620393187749, 1e-15, 0);
    assert_null(bal_expr_call(&b->arena, "<", pair, 2));
    assert_null(bal_expr_call(&b->arena, "db", pair, 2));
    assert_null(bal_expr_call(&b->arena, "nothing", pair, 2));
}

static void test_log_option(void **state)
{
    expr_bench *b = *state;
    b->options.log_is_10 = true;
    assert_close(bal_dd_double(expr_bench_value(b, "log(2.385)").re), 0.37748838337613273, 1e-15,
                 0);
    assert_close(bal_dd_double(expr_bench_value(b, "ln(2.385)").re), 0.86919912434030454, 1e-15, 0);
}

static void test_table_of_functions(void **state)
{
    (void)state;
    int count = 0;
    const bal_function_row *rows = bal_function_table(&count);
    assert_true(count > 60);
    for (int i = 0; i < count; i++) {
        assert_true(strlen(rows[i].help) > 4);
        assert_int_equal(strncmp(rows[i].usage, rows[i].name, strlen(rows[i].name)), 0);
        assert_true(rows[i].min_arguments <= rows[i].max_arguments);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        EXPR_TEST(test_operators),     EXPR_TEST(test_functions),
        EXPR_TEST(test_names),         EXPR_TEST(test_numbers),
        EXPR_TEST(test_double_double), EXPR_TEST(test_continuation),
        EXPR_TEST(test_probes),        EXPR_TEST(test_types),
        EXPR_TEST(test_census),        EXPR_TEST(test_linear),
        EXPR_TEST(test_reducers),      EXPR_TEST(test_builders),
        EXPR_TEST(test_log_option),    EXPR_TEST(test_table_of_functions),
    };
    return bal_run_tests(tests, argc, argv);
}
