/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of cards: values against decimals written out without suffixes, refusals to the letter.
 */
#include <stdlib.h>
#include <string.h>

#include "bal_test.h"
#include "netlist.h"

static char said[8192];

static void hear(void *user, const bal_message *message)
{
    (void)user;
    const size_t used = strlen(said);
    const size_t n = strlen(message->rendered);
    assert_true(used + n < sizeof said);
    memcpy(said + used, message->rendered, n + 1);
}

typedef struct parsed {
    bal_status status;
    bal_dd value;
    bal_number_info info;
    unsigned warnings;
} parsed;

static parsed parse(const char *text)
{
    const bal_source source = {.name = "t.cir", .text = text, .length = (uint32_t)strlen(text)};
    bal_diag diag = {.sink = hear};
    parsed p = {.value = {-7.25, 0.0}};
    said[0] = '\0';
    p.status = bal_number_parse((bal_span){&source, 0, source.length}, &diag, &p.value, &p.info);
    p.warnings = diag.warnings;
    return p;
}

static void suffixes_scale(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double want;
    } rows[] = {
        {"2.385", 2.385},
        {"-47", -47.0},
        {"+.33", 0.33},
        {"3.", 3.0},
        {"2.7e3", 2700.0},
        {"2.7E-3", 0.0027},
        {"4.7k", 4700.0},
        {"4.7K", 4700.0},
        {"3.3meg", 3.3e6},
        {"3.3MEG", 3.3e6},
        {"3.3MegOhm", 3.3e6},
        {"22m", 0.022},
        {"22M", 0.022},
        {"22mH", 0.022},
        {"6.8u", 6.8e-6},
        {"6.8uF", 6.8e-6},
        {"6.8\xC2\xB5", 6.8e-6},
        {"6.8\xCE\xBC"
         "F",
         6.8e-6},
        {"15n", 15e-9},
        {"33p", 33e-12},
        {"33pF", 33e-12},
        {"5f", 5e-15},
        {"5a", 5e-18},
        {"7g", 7e9},
        {"7t", 7e12},
        {"3mil", 76.2e-6},
        {"2.5kohm", 2500.0},
        {"8Ohm", 8.0},
        {"8\xCE\xA9", 8.0},
        {"8k\xE2\x84\xA6", 8000.0},
        {"12V", 12.0},
        {"3dB", 3.0},
        {"100R", 100.0},
        {"2e3k", 2e6},
        {"3kHz", 3000.0},
        {"2eV", 2.0},
        {"3henry", 3.0},
        {"4volts", 4.0},
        {"-3.3e-400", 0.0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const parsed p = parse(rows[i].text);
        assert_string_equal(said, "");
        assert_int_equal(p.status, BAL_OK);
        assert_close(bal_dd_double(p.value), rows[i].want, 2.3e-16, 0.0);
    }
}

static void digits_beyond_a_double_stay(void **state)
{
    (void)state;
    const bal_dd small = bal_dd_sub(parse("1.00000000000000000003k").value, bal_dd_of(1000.0));
    assert_close(bal_dd_double(small), 3e-17, 1e-9, 0.0);
    const bal_dd part = parse("2.385%").value; /* mpmath: the low part of 0.02385 */
    assert_close(bal_dd_double(part), 0.02385, 0.0, 0.0);
    assert_close(part.lo, 3.2751579226442118e-19, 1e-12, 0.0);
    assert_true(parse("2.385%").info.percent && !parse("2.385").info.percent);
    const bal_dd tenth = parse("100m").value; /* 0.1 - (the double nearest 0.1) */
    assert_close(tenth.lo, -5.5511151231257827e-18, 1e-12, 0.0);
}

static void letters_in_the_place_of_the_point(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double want;
        const char *warning;
    } rows[] = {
        {"1k5", 1500.0,
         "t.cir:1:1: warning: '1k5' is read as 1.5k, other simulators read 1k [W203]\n"},
        {"4R7", 4.7, "t.cir:1:1: warning: '4R7' is read as 4.7, other simulators read 4 [W203]\n"},
        {"6k34", 6340.0,
         "t.cir:1:1: warning: '6k34' is read as 6.34k, other simulators read 6k [W203]\n"},
        {"3n6", 3.6e-9,
         "t.cir:1:1: warning: '3n6' is read as 3.6n, other simulators read 3n [W203]\n"},
        {"4n7F", 4.7e-9,
         "t.cir:1:1: warning: '4n7F' is read as 4.7n, other simulators read 4n [W203]\n"},
        {"4\xC2\xB5"
         "7",
         4.7e-6,
         "t.cir:1:1: warning: '4\xC2\xB5"
         "7' is read as 4.7\xC2\xB5, other simulators read 4\xC2\xB5 [W203]\n"},
        {"-2m2", -0.0022,
         "t.cir:1:1: warning: '-2m2' is read as -2.2m, other simulators read -2m [W203]\n"},
        {"1meg5", 1.5e6,
         "t.cir:1:1: warning: '1meg5' is read as 1.5meg, other simulators read 1meg [W203]\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const parsed p = parse(rows[i].text);
        assert_int_equal(p.status, BAL_OK);
        assert_true(p.info.rkm);
        assert_close(bal_dd_double(p.value), rows[i].want, 2.3e-16, 0.0);
        assert_int_equal(strncmp(said, rows[i].warning, strlen(rows[i].warning)), 0);
    }
}

static void what_is_no_number(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        {"", "t.cir:1:1: error: expected a number [E201]\n"},
        {"nan", "t.cir:1:1: error: 'nan' is not a number [E201]\n  nan\n  ^~~\n"},
        {"-inf", "t.cir:1:1: error: '-inf' is not a number [E201]\n  -inf\n  ^~~~\n"},
        {"--5", "t.cir:1:1: error: '--5' is not a number [E201]\n  --5\n  ^~~\n"},
        {".", "t.cir:1:1: error: '.' is not a number [E201]\n  .\n  ^\n"},
        {"k5", "t.cir:1:1: error: 'k5' is not a number [E201]\n  k5\n  ^~\n"},
        {"0x10", "t.cir:1:3: error: unexpected '1' in number '0x10' [E201]\n  0x10\n    ^~\n"},
        {"1e", "t.cir:1:1: error: malformed exponent in '1e': digits are missing behind the 'e' "
               "[E201]\n  1e\n  ^~\n"},
        {"1e+", "t.cir:1:1: error: malformed exponent in '1e+': digits are missing behind the 'e' "
                "[E201]\n  1e+\n  ^~~\n"},
        {"1e400", "t.cir:1:1: error: '1e400' does not fit a double [E202]\n  1e400\n  ^~~~~\n"},
        {"1e308k", "t.cir:1:1: error: '1e308k' does not fit a double [E202]\n  1e308k\n  ^~~~~~\n"},
        {"1k,5", "t.cir:1:3: error: unexpected ',' in number '1k,5' [E201]\n  1k,5\n    ^~\n"},
        {"1.2.3", "t.cir:1:4: error: unexpected '.' in number '1.2.3' [E201]\n  1.2.3\n     ^~\n"},
        {"1.5k5", "t.cir:1:5: error: unexpected digits in '1.5k5' [E201]\n  1.5k5\n      ^\n"},
        {"5k%", "t.cir:1:3: error: unexpected '%' in number '5k%' [E201]\n  5k%\n    ^\n"},
        {"1k;x",
         "t.cir:1:3: error: unexpected ';' in number '1k;x': a comment needs a blank before "
         "it [E201]\n  1k;x\n    ^~\n"},
        {"3V3", "t.cir:1:3: error: unexpected '3' in number '3V3' [E201]\n  3V3\n    ^\n"},
        {"2M2", "t.cir:1:1: error: ambiguous 'M' in '2M2': write meg for 1e6 or m for 1e-3 [E201]\n"
                "  2M2\n  ^~~\n"},
        {"1Farad", "t.cir:1:2: error: ambiguous unit in '1Farad': write 1 or 1f [E201]\n"
                   "  1Farad\n   ^~~~~\n"},
        {"2amps", "t.cir:1:2: error: ambiguous unit in '2amps': write 2 or 2a [E201]\n"
                  "  2amps\n   ^~~~\n"},
        {"4microF", "t.cir:1:2: error: ambiguous unit in '4microF': write 4u or 4m [E201]\n"
                    "  4microF\n   ^~~~~~\n"},
        {"4millihenry",
         "t.cir:1:2: error: ambiguous unit in '4millihenry': write 4m or 4mil [E201]\n"
         "  4millihenry\n   ^~~~~~~~~~\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const parsed p = parse(rows[i].text);
        assert_string_equal(said, rows[i].want);
        assert_int_equal(p.status, BAL_E_DECK);
        assert_true(p.value.hi == -7.25); /* untouched */
    }
}

static void the_suffix_is_told(void **state)
{
    (void)state;
    assert_int_equal(parse("4.7").info.suffix, 0);
    assert_int_equal(parse("4.7meg").info.suffix, 'x');
    assert_int_equal(parse("4.7mil").info.suffix, 'l');
    const parsed f = parse("1F");
    assert_int_equal(f.info.suffix, 'f');
    assert_true(f.info.only_suffix);
    const parsed pf = parse("33pF");
    assert_int_equal(pf.info.suffix, 'p');
    assert_false(pf.info.only_suffix);
    assert_true(parse("10M").info.upper_m);
    assert_false(parse("10m").info.upper_m);
    assert_false(parse("10MOhm").info.upper_m);
    assert_false(parse("10Meg").info.upper_m);
    assert_int_equal(parse("\xCE\xBC").status, BAL_E_DECK);
}

static void numbers_and_names_look_different(void **state)
{
    (void)state;
    static const char *const numbers[] = {"5", "-5k", "+.3", ".3", "0x1", "3xx"};
    static const char *const names[] = {"", "+", "-", ".", "k5", "-r", "--5", "+-5", "rload", ".a"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        assert_true(bal_number_looks_like(bal_text_of(numbers[i])));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_false(bal_number_looks_like(bal_text_of(names[i])));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suffixes_scale),
        cmocka_unit_test(digits_beyond_a_double_stay),
        cmocka_unit_test(letters_in_the_place_of_the_point),
        cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(the_suffix_is_told),
        cmocka_unit_test(numbers_and_names_look_different),
    };
    return bal_run_tests(tests, argc, argv);
}
