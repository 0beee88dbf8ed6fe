/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every message and every fault of expressions to the letter, and texts that are too deep. */
#include "expr.h"

#include <stdlib.h>
#include <string.h>

#include "bal_test.h"
#include "expr_bench.h"

static const char *const errors[][2] = {
    {"", "1:1 an empty expression"},
    {"1+", "1:3 expected a value, found the end"},
    {"(1+2", "1:5 expected ')', found the end | 1:1 to close this one"},
    {"1 2", "1:3 expected an operator, found '2'"},
    {"a=2", "1:2 expected an operator (== compares), found '='"},
    {"2*[3]", "1:3 unexpected '[' in an expression"},
    {"rx.gian*2", "1:1 unknown name 'rx.gian'; did you mean 'rx.gain'?"},
    {"2*nothing", "1:3 unknown name 'nothing'"},
    {"sqrt+1", "1:1 'sqrt' is a function: write sqrt(x)"},
    {"sqtr(2)", "1:1 unknown function 'sqtr'; did you mean 'sqrt'?"},
    {"nonsense(2)", "1:1 unknown function 'nonsense'"},
    {"db(1,2)", "1:1 'db' takes 1 argument and got 2: db(x)"},
    {"atan2(1)", "1:1 'atan2' takes 2 arguments and got 1: atan2(y, x)"},
    {"limit(1)", "1:1 'limit' takes 2 to 3 arguments and got 1: limit(x, low, high)"},
    {"db(1", "1:5 expected ',' or ')', found the end | 1:3 to close this one"},
    {"db(1,)", "1:6 expected a value, found ')'"},
    {"v(out", "1:2 this '(' is not closed"},
    {"v(nowhere)", "1:1 nothing in the circuit answers 'v(nowhere)'"},
    {"1e+", "1:1 '1e' is not a number: its exponent has no digits"},
    {"1e400", "1:1 '1e400' is beyond the range of numbers"},
    {"0x10", "1:1 '0x10' is not a number: no hexadecimal numbers here"},
    {"1k2z", "1:1 '1k2' is read as 1200 | 1:4 expected an operator, found 'z'"},
    {"2k_5", "1:1 '2k_5' is not a number: letters and digits mixed"},
    {"z < 2", "1:1 '<' of a complex value has no meaning: use db() or abs()"},
    {"min(2,z)", "1:7 'min' needs a real value and this one is complex: use db() or abs()"},
    {"maxf(z)", "1:6 'maxf' needs a real value and this one is complex: use db() or abs()"},
    {"cross(z,1)", "1:7 'cross' needs a real value and this one is complex: use db() or abs()"},
    {"if(z,1,2)", "1:4 'if' needs a real value and this one is complex: use db() or abs()"},
    {"within(1,2,z)",
     "1:12 'within' needs a real value and this one is complex: use db() or abs()"},
    {"table(a,1,2,3)", "1:1 'table' needs pairs: table(x, x1, y1, x2, y2, ...)"},
    {"table(a,2,2,1,3)", "1:13 the points of 'table' must ascend in x"},
    {"a ? 1", "1:6 expected ':' of a ?:, found the end"},
    {"wrong(2)", "1:12 unknown function 'g' | 1:1 in the function 'wrong' used here"},
};

static void test_messages(void **state)
{
    expr_bench *b = *state;
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        assert_null(expr_bench_compile(b, errors[i][0]));
        if (strcmp(b->messages, errors[i][1]) != 0)
            fail_msg("%s\n  got  %s\n  want %s", errors[i][0], b->messages, errors[i][1]);
    }
    b->no_probes = true;
    assert_null(expr_bench_compile(b, "v(out)"));
    assert_string_equal(b->messages, "1:1 'v(...)' of the circuit has no value in this place");
}

static void test_warnings(void **state)
{
    expr_bench *b = *state;
    assert_non_null(expr_bench_compile(b, "2pi*freq"));
    assert_string_equal(
        b->messages, "1:1 '2pi' is read with the suffix p and a unit 'i': write *pi for a product");
    assert_non_null(expr_bench_compile(b, "1k5"));
    assert_string_equal(b->messages, "1:1 '1k5' is read as 1500");
}

static void test_faults(void **state)
{
    static const char *const cases[][3] = {
        {"3+1/0", "division by zero", "1/0"},
        {"1/(a-a)", "division by zero", "1/(a-a)"},
        {"2*sqrt(1-a)", "square root of a negative number", "sqrt(1-a)"},
        {"log(a-a)", "logarithm of zero", "log(a-a)"},
        {"ln(0)", "logarithm of zero", "ln(0)"},
        {"log10(-a)", "logarithm of a negative number", "log10(-a)"},
        {"9**9**9**9", "a result beyond the range of floating point", "9**9**9**9"},
        {"db(z-z)", "decibels of zero", "db(z-z)"},
        {"0^-1", "zero to a negative power", "0^-1"},
        {"(-8)^0.3", "a negative number to a power that is not an integer", "(-8)^0.3"},
        {"asin(a)", "outside of -1 to 1, where the inverse function is real", "asin(a)"},
        {"acosh(0.5)", "below 1, where acosh is not real", "acosh(0.5)"},
        {"atanh(1)", "a pole of atanh", "atanh(1)"},
        {"5%0", "remainder of a division by zero", "5%0"},
        {"exp(1000)", "a result beyond the range of floating point", "exp(1000)"},
        {"at(a,1k)", "a function over frequency has no value here", "at(a,1k)"},
        {"pole(3)", "division by zero", "1/(x-x)"},
    };
    expr_bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const bal_expr *expr = expr_bench_compile(b, cases[i][0]);
        const bal_env env = {.user = b, .value = expr_bench_variable, .fault = &b->fault};
        bal_ddc y;
        if (!expr)
            fail_msg("%s: %s", cases[i][0], b->messages);
        assert_int_equal(bal_expr_value(expr, &env, &y), BAL_E_NUMERIC);
        const bal_text at = bal_span_text(b->fault.at);
        if (strcmp(b->fault.text, cases[i][1]) != 0 || !bal_text_is(at, cases[i][2]))
            fail_msg("%s: %s at '%.*s'", cases[i][0], b->fault.text, (int)at.n, at.p);
    }
}

static void check_too_deep(expr_bench *b, char unit, size_t n)
{
    char *text = malloc(n + 1);
    assert_non_null(text);
    memset(text, unit, n);
    text[n] = '\0';
    assert_null(expr_bench_compile(b, text));
    assert_string_equal(b->messages, "1:501 an expression nested more than 500 levels deep");
    free(text);
}

static void test_depth(void **state)
{
    expr_bench *b = *state;
    check_too_deep(b, '(', 1000000);
    check_too_deep(b, '-', 1000000);
    char sum[6001];
    for (size_t i = 0; i < 6000; i += 2)
        memcpy(sum + i, "a+", 2);
    sum[5999] = '\0';
    assert_null(expr_bench_compile(b, sum));
    assert_string_equal(b->messages,
                        "1:1 an expression of more than 2000 operations in each other");
    sum[1999] = '\0';
    assert_close(bal_dd_double(expr_bench_value(b, sum).re), 2385.0, 1e-15, 0);
    assert_null(expr_bench_compile(b, "f(2)"));
    assert_non_null(
        strstr(b->messages, "more than 40 functions in each other: does 'f' call itself?"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        EXPR_TEST(test_messages),
        EXPR_TEST(test_warnings),
        EXPR_TEST(test_faults),
        EXPR_TEST(test_depth),
    };
    return bal_run_tests(tests, argc, argv);
}
