/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimals against __float128 and against the C library, in both directions and in another locale.
 */
#include "decimal.h"

#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bal_test.h"
#include "suffix.h"

__extension__ typedef __float128 quad;

static uint64_t next(uint64_t *random)
{
    *random += 0x9e3779b97f4a7c15U; /* splitmix64 */
    uint64_t v = *random;
    v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9U;
    v = (v ^ (v >> 27)) * 0x94d049bb133111ebU;
    return v ^ (v >> 31);
}

static bal_dd parse(const char *text)
{
    bal_dd value = {(double)NAN, 0.0};
    size_t used = 0;
    if (bal_decimal_parse(text, strlen(text), &value, &used) != BAL_DECIMAL_OK ||
        used != strlen(text))
        fail_msg("'%s' is not read", text);
    return value;
}

/* Up to 34 digits times 10^e in quad: within 2^-110 while 10^e is exact in it (e <= 48). */
static void test_low_parts(void **state)
{
    (void)state;
    uint64_t random = 7;
    for (int i = 0; i < 20000; i++) {
        const int digits = 1 + (int)(next(&random) % 33);
        const int e = (int)(next(&random) % 49);
        const bool negative_power = next(&random) % 2 == 0;
        char text[64];
        quad want = 0;
        quad power = 1;
        for (int k = 0; k < digits; k++) {
            const int digit = (int)(next(&random) % 10);
            text[k] = (char)('0' + digit);
            want = want * 10 + digit;
        }
        for (int k = 0; k < e; k++)
            power *= 10;
        want = negative_power ? want / power : want * power;
        (void)snprintf(text + digits, sizeof text - (size_t)digits, "e%d", negative_power ? -e : e);
        const bal_dd got = parse(text);
        const quad difference = (quad)got.hi + (quad)got.lo - want;
        const double error =
            want > 0 ? fabs((double)(difference / want)) : fabs((double)difference);
        if (!(error <= 0x1p-100) || got.hi != (double)want)
            fail_msg("%s: error 2^%.1f", text, log2(error));
    }
}

/* The compiler's literals are the oracle of correct rounding. */
#define LITERAL(text)                                                                              \
    {                                                                                              \
#text, text                                                                                \
    }

static const struct {
    const char *text;
    double value;
} literals[] = {
    LITERAL(0),
    LITERAL(1),
    LITERAL(-1.5),
    LITERAL(+2.385),
    LITERAL(.5),
    LITERAL(5.),
    LITERAL(00012.500),
    LITERAL(0.1),
    LITERAL(0.3),
    LITERAL(9007199254740993.),
    LITERAL(1.7976931348623157e308),
    LITERAL(9007199254740992.99999999999999999999),
    LITERAL(-1.7976931348623158e308),
    LITERAL(2.2250738585072014e-308),
    LITERAL(2.2250738585072011e-308),
    LITERAL(5e-324),
    LITERAL(4.9406564584124654e-324),
    LITERAL(2.4703282292062328e-324),
    LITERAL(1e-307), /* its low part rounds to half a step of the high one */
    LITERAL(1e-300),
    LITERAL(1e-200),
    LITERAL(1e-100),
    LITERAL(1e-23),
    LITERAL(1e23),
    LITERAL(1e99),
    LITERAL(1e178),
    LITERAL(1e267),
    LITERAL(1e308),
    LITERAL(123456789012345678901234567890.),
    LITERAL(8.41e21),
    LITERAL(9.5e-5),
    LITERAL(0.000000000000000000000000000000000000000000000000000000000000000123e60),
    LITERAL(1000000000000000000000000000000000000000000000000000000000000000000000e-80),
    LITERAL(6.02214076E23),
    LITERAL(1.0e+05),
    {"2.4703282292062327e-324", 0.0},
    {"1e-400", 0.0},
    {"0e999999999999999999999", 0.0},
    {"1e-99999999999999999999", 0.0},
};

static void test_high_parts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++) {
        const bal_dd got = parse(literals[i].text);
        if (got.hi != literals[i].value || got.hi + got.lo != got.hi)
            fail_msg("%s: %.17g and %.17g", literals[i].text, got.hi, got.lo);
    }
    assert_true(signbit(parse("-0").hi));
}

/* 10^k 10^-k = 1 and 10^k = 10^(k-7) 10^7. */
static void test_powers_of_ten(void **state)
{
    (void)state;
    for (int k = 0; k <= 290; k++) {
        const bal_dd power = bal_dd_pow10(k);
        const bal_dd one = bal_dd_mul(power, bal_dd_pow10(-k));
        const bal_dd same = bal_dd_div(power, bal_dd_scale(bal_dd_pow10(k - 7), 1e7));
        assert_true(fabs(bal_dd_double(bal_dd_sub(one, bal_dd_of(1.0)))) < 0x1p-100);
        assert_true(fabs(bal_dd_double(bal_dd_sub(same, bal_dd_of(1.0)))) < 0x1p-100);
    }
    assert_true(bal_dd_pow10(267).hi == 1e267 && bal_dd_pow10(-267).hi == 1e-267);
    assert_true(isinf(bal_dd_pow10(309).hi));
    assert_true(isinf(bal_dd_pow10(100000).hi));
    assert_close(bal_dd_pow10(-330).hi, 0.0, 0, 0);
    assert_close(bal_dd_pow10(-100000).hi, 0.0, 0, 0);
}

static void test_results(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bal_decimal_result result;
        size_t used;
        double value;
    } cases[] = {
        {"", BAL_DECIMAL_NONE, 0, 7.5},         {"-", BAL_DECIMAL_NONE, 0, 7.5},
        {".", BAL_DECIMAL_NONE, 0, 7.5},        {"+.e5", BAL_DECIMAL_NONE, 0, 7.5},
        {"nan", BAL_DECIMAL_NONE, 0, 7.5},      {"inf", BAL_DECIMAL_NONE, 0, 7.5},
        {"--5", BAL_DECIMAL_NONE, 0, 7.5},      {"2e", BAL_DECIMAL_EXPONENT, 1, 2},
        {"2e+", BAL_DECIMAL_EXPONENT, 1, 2},    {"2e*3", BAL_DECIMAL_EXPONENT, 1, 2},
        {"2eV", BAL_DECIMAL_OK, 1, 2},          {"2e3e4", BAL_DECIMAL_OK, 3, 2000},
        {"3,5", BAL_DECIMAL_OK, 1, 3},          {"3.5.5", BAL_DECIMAL_OK, 3, 3.5},
        {"0x1p3", BAL_DECIMAL_OK, 1, 0},        {"1e309", BAL_DECIMAL_RANGE, 5, 7.5},
        {"1.8e308", BAL_DECIMAL_RANGE, 7, 7.5}, {"2 3", BAL_DECIMAL_OK, 1, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bal_dd value = {7.5, 0.0};
        size_t used = 99;
        const bal_decimal_result result =
            bal_decimal_parse(cases[i].text, strlen(cases[i].text), &value, &used);
        if (result != cases[i].result || used != cases[i].used || value.hi != cases[i].value)
            fail_msg("'%s': result %d, used %zu, value %g", cases[i].text, (int)result, used,
                     value.hi);
    }
    /* The length counts, not a NUL. */
    bal_dd value = {0.0, 0.0};
    size_t used = 0;
    assert_int_equal(bal_decimal_parse("12345", 3, &value, &used), BAL_DECIMAL_OK);
    assert_close(value.hi, 123.0, 0, 0);
}

static void test_print(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {2.385, "2.385"},
        {0.1, "0.1"},
        {-1500.0, "-1500"},
        {1e22, "1e+22"},
        {5e-324, "5e-324"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3.0, "0.3333333333333333"},
        {1e-7, "1e-07"},
        {123456789.125, "123456789.125"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
    };
    char buffer[32];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(bal_decimal_print(cases[i].value, buffer), cases[i].text);
    assert_string_equal(bal_decimal_print((double)NAN, buffer), "nan");
    assert_string_equal(bal_decimal_print(-(double)NAN, buffer), "nan");
    assert_string_equal(bal_decimal_print(HUGE_VAL, buffer), "inf");
    assert_string_equal(bal_decimal_print(-HUGE_VAL, buffer), "-inf");
    assert_string_equal(bal_decimal_print_digits(2.0 / 3.0, 4, buffer), "0.6667");
    assert_string_equal(bal_decimal_print_digits(-0.1, 17, buffer), "-0.10000000000000001");
}

/* Any bit pattern comes back, from the C library's 17 digits and from ours, which are as few as can
 * be. */
static void test_round_trip(void **state)
{
    (void)state;
    uint64_t random = 11;
    for (int i = 0; i < 50000; i++) {
        union {
            uint64_t bits;
            double value;
        } u = {.bits = next(&random)};
        char ours[32];
        char full[32];
        char shorter[32];
        if (!isfinite(u.value))
            continue;
        bal_decimal_print(u.value, ours);
        (void)snprintf(full, sizeof full, "%.17g", u.value);
        (void)snprintf(shorter, sizeof shorter, "%.15g", u.value);
        if (parse(ours).hi != u.value || parse(full).hi != u.value)
            fail_msg("%s is printed as %s", full, ours);
        if (parse(shorter).hi == u.value && strlen(ours) > strlen(shorter))
            fail_msg("%s is longer than needed", ours);
    }
}

/* A locale with a decimal comma, for this thread only. */
static void test_locale(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "ru_RU.UTF-8"};
    char buffer[32];
    locale_t comma = (locale_t)0;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !comma; i++)
        comma = newlocale(LC_NUMERIC_MASK, names[i], (locale_t)0);
    if (!comma)
        skip(); /* none of them is installed */
    const locale_t before = uselocale(comma);
    char native[32];
    (void)snprintf(native, sizeof native, "%.1f", 0.5);
    const double value = parse("2.385").hi;
    bal_decimal_print(-0.0625, buffer);
    (void)uselocale(before);
    freelocale(comma);
    assert_string_equal(native, "0,5");
    assert_close(value, 2.385, 0, 0);
    assert_string_equal(buffer, "-0.0625");
}

static void test_suffixes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char letter;
        size_t used;
        const char *factor;
    } cases[] = {
        {"k", 'k', 1, "1e3"},         {"Kohm", 'k', 1, "1e3"},   {"M", 'm', 1, "1e-3"},
        {"meg", 'x', 3, "1e6"},       {"MEGohm", 'x', 3, "1e6"}, {"mil", 'l', 3, "25.4e-6"},
        {"me", 'm', 1, "1e-3"},       {"uF", 'u', 1, "1e-6"},    {"n", 'n', 1, "1e-9"},
        {"p", 'p', 1, "1e-12"},       {"F", 'f', 1, "1e-15"},    {"a", 'a', 1, "1e-18"},
        {"G", 'g', 1, "1e9"},         {"T", 't', 1, "1e12"},     {"\xC2\xB5V", 'u', 2, "1e-6"},
        {"\xCE\xBC", 'u', 2, "1e-6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bal_suffix suffix = {0, 0, 0};
        assert_true(bal_suffix_read(cases[i].text, strlen(cases[i].text), &suffix));
        assert_int_equal(suffix.letter, cases[i].letter);
        assert_int_equal(suffix.used, cases[i].used);
        const bal_dd got = bal_suffix_apply(bal_dd_of(3.0), &suffix);
        const bal_dd want = bal_dd_scale(parse(cases[i].factor), 3.0);
        assert_close(got.hi, want.hi, 0, 0);
        assert_close(bal_dd_double(bal_dd_sub(got, want)), 0.0, 0, 0x1p-100 * got.hi);
    }
    bal_suffix suffix = {1, 2, 'z'};
    assert_false(bal_suffix_read("ohm", 3, &suffix));
    assert_false(bal_suffix_read("", 0, &suffix));
    assert_false(bal_suffix_read("\xC2", 1, &suffix));
    assert_int_equal(suffix.letter, 'z');
}

static void test_units(void **state)
{
    (void)state;
    assert_int_equal(bal_unit_length("ohm*2", 5), 3);
    assert_int_equal(bal_unit_length("\xCE\xA9)", 3), 2);
    assert_int_equal(bal_unit_length("\xE2\x84\xA6", 3), 3);
    assert_int_equal(bal_unit_length("5", 1), 0);
    assert_int_equal(bal_unit_length("ab", 1), 1);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_low_parts),  cmocka_unit_test(test_powers_of_ten),
        cmocka_unit_test(test_high_parts), cmocka_unit_test(test_results),
        cmocka_unit_test(test_print),      cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_locale),     cmocka_unit_test(test_suffixes),
        cmocka_unit_test(test_units),
    };
    return bal_run_tests(tests, argc, argv);
}
