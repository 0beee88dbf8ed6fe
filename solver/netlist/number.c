/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers of cards: decimal, suffix, unit letters. What SPICE reads in silence and users mean
 * otherwise (1k5, 1Farad, 1micro) is told or refused here; whether "1F" is odd depends on the
 * element and is judged by the circuit layer from bal_number_info.
 */
#include <string.h>

#include "decimal.h"
#include "netlist.h"
#include "suffix.h"

/* Unit words whose first letter SPICE takes for a suffix. `whole`: nothing may follow the word. */
static const struct {
    const char *word;
    const char *plain;  /* what to write instead: behind the digits, */
    const char *scaled; /* or what SPICE reads */
    bool whole;
} ambiguous[] = {
    {"farad", "", "f", true},   {"farads", "", "f", true},    {"amp", "", "a", true},
    {"amps", "", "a", true},    {"ampere", "", "a", true},    {"amperes", "", "a", true},
    {"meter", "", "m", true},   {"meters", "", "m", true},    {"metre", "", "m", true},
    {"metres", "", "m", true},  {"mho", "", "m", true},       {"mhos", "", "m", true},
    {"micro", "u", "m", false}, {"milli", "m", "mil", false},
};

typedef struct number {
    bal_span span;
    bal_text text;
    size_t used;   /* bytes understood so far */
    size_t digits; /* bytes of the decimal */
    bal_dd value;
    bal_number_info info;
} number;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool bal_number_looks_like(bal_text text)
{
    size_t i = 0;
    if (i < text.n && (text.p[i] == '+' || text.p[i] == '-'))
        i++;
    if (i < text.n && text.p[i] == '.')
        i++;
    return i < text.n && is_digit(text.p[i]);
}

static bal_text rest_of(const number *x)
{
    return (bal_text){x->text.p + x->used, x->text.n - x->used};
}

static bal_span tail_of(const number *x)
{
    return (bal_span){x->span.source, x->span.begin + (uint32_t)x->used, x->span.end};
}

static bal_status read_decimal(number *x, bal_diag *diag)
{
    const char *shown = BAL_SHOW(x->text);
    if (x->text.n == 0)
        return bal_report(diag, BAL_D_BAD_NUMBER, x->span, "expected a number");
    if (!bal_number_looks_like(x->text))
        return bal_report(diag, BAL_D_BAD_NUMBER, x->span, "'%s' is not a number", shown);
    const bal_decimal_result result = bal_decimal_parse(x->text.p, x->text.n, &x->value, &x->used);
    if (result == BAL_DECIMAL_RANGE)
        return bal_report(diag, BAL_D_NUMBER_RANGE, x->span, "'%s' does not fit a double", shown);
    if (result == BAL_DECIMAL_NONE)
        return bal_report(diag, BAL_D_BAD_NUMBER, x->span, "'%s' is not a number", shown);
    const bal_text rest = rest_of(x);
    const bool bare = rest.n == 1 || (rest.n >= 2 && (rest.p[1] == '+' || rest.p[1] == '-'));
    if (result == BAL_DECIMAL_EXPONENT || (bare && bal_lower(rest.p[0]) == 'e'))
        return bal_report(diag, BAL_D_BAD_NUMBER, x->span,
                          "malformed exponent in '%s': digits are missing behind the 'e'", shown);
    x->digits = x->used;
    return BAL_OK;
}

static bal_status check_ambiguous(const number *x, bal_diag *diag)
{
    const bal_text rest = rest_of(x);
    const char *digits = BAL_SHOW(((bal_text){x->text.p, x->digits}));
    for (size_t i = 0; i < sizeof ambiguous / sizeof ambiguous[0]; i++) {
        const bool same = ambiguous[i].whole ? bal_text_is(rest, ambiguous[i].word)
                                             : bal_text_starts(rest, ambiguous[i].word);
        if (!same)
            continue;
        return bal_report(diag, BAL_D_BAD_NUMBER, tail_of(x),
                          "ambiguous unit in '%s': write %s%s or %s%s", BAL_SHOW(x->text), digits,
                          ambiguous[i].plain, digits, ambiguous[i].scaled);
    }
    return BAL_OK;
}

/* 1k5, 4R7 (IEC 60062): the letter stands in the place of the decimal point. x->used is behind it.
 */
static bal_status read_rkm(number *x, const bal_suffix *suffix, bal_diag *diag)
{
    char joined[48];
    size_t more = 0;
    size_t used = 0;
    const bal_text rest = rest_of(x);
    const char *shown = BAL_SHOW(x->text);
    const char *letter = x->text.p + x->digits;
    while (more < rest.n && is_digit(rest.p[more]))
        more++;
    if (suffix && suffix->letter == 'm' && *letter == 'M')
        return bal_report(diag, BAL_D_BAD_NUMBER, x->span,
                          "ambiguous 'M' in '%s': write meg for 1e6 or m for 1e-3", shown);
    if (strcspn(x->text.p, ".eE") < x->digits || x->digits + more + 2 > sizeof joined)
        return bal_report(diag, BAL_D_BAD_NUMBER, tail_of(x), "unexpected digits in '%s'", shown);
    memcpy(joined, x->text.p, x->digits);
    joined[x->digits] = '.';
    memcpy(joined + x->digits + 1, rest.p, more);
    if (bal_decimal_parse(joined, x->digits + 1 + more, &x->value, &used) != BAL_DECIMAL_OK)
        return bal_report(diag, BAL_D_BAD_NUMBER, x->span, "'%s' is not a number", shown);
    joined[x->digits + 1 + more] = '\0';
    const bal_text mark = {letter, suffix ? suffix->used : 0};
    const bal_text others = {x->text.p, x->digits + mark.n};
    x->used += more;
    x->info.rkm = true;
    return bal_report(diag, BAL_D_RKM_NUMBER, x->span,
                      "'%s' is read as %s%s, other simulators read %s", shown, joined,
                      BAL_SHOW(mark), BAL_SHOW(others));
}

static bal_status check_range(const number *x, bal_diag *diag)
{
    if (bal_dd_is_finite(x->value))
        return BAL_OK;
    return bal_report(diag, BAL_D_NUMBER_RANGE, x->span, "'%s' does not fit a double",
                      BAL_SHOW(x->text));
}

/* The suffix, or the R of 4R7; and the digits behind it. */
static bal_status read_suffix(number *x, bal_diag *diag)
{
    bal_suffix suffix;
    bal_text rest = rest_of(x);
    const bool found = rest.n > 0 && bal_suffix_read(rest.p, rest.n, &suffix);
    const bool point = rest.n > 1 && bal_lower(rest.p[0]) == 'r' && is_digit(rest.p[1]);
    if (!found && !point)
        return BAL_OK;
    x->used += found ? suffix.used : 1;
    const bool upper_m = found && suffix.letter == 'm' && rest.p[0] == 'M';
    rest = rest_of(x);
    bal_status status = BAL_OK;
    if (rest.n > 0 && is_digit(rest.p[0]))
        status = read_rkm(x, found ? &suffix : NULL, diag);
    if (!found || status != BAL_OK)
        return status;
    x->value = bal_suffix_apply(x->value, &suffix);
    x->info.suffix = suffix.letter;
    x->info.only_suffix = x->used == x->text.n;
    x->info.upper_m = upper_m && rest.n == 0;
    return check_range(x, diag);
}

/* 75O: letters for digits, which SPICE takes for a unit. */
static bal_status check_letter_o(const number *x, bal_diag *diag)
{
    char meant[48];
    const bal_text unit = x->info.unit;
    if (x->info.suffix || x->info.rkm || unit.n == 0 || bal_lower(unit.p[0]) != 'o' ||
        bal_text_starts(unit, "oh") || x->text.n >= sizeof meant)
        return BAL_OK;
    for (size_t i = 0; i < x->text.n; i++)
        meant[i] = bal_lower(x->text.p[i]) == 'o' ? '0' : x->text.p[i];
    meant[x->text.n] = '\0';
    return bal_report(diag, BAL_D_SUSPICIOUS_SUFFIX, x->span,
                      "'%s' is read as %s with the letter O for a unit; did you mean %s?",
                      BAL_SHOW(x->text), BAL_SHOW(((bal_text){x->text.p, x->digits})), meant);
}

static bal_status read_unit(number *x, bal_diag *diag)
{
    const bal_text letters = rest_of(x);
    const size_t n = bal_unit_length(letters.p, letters.n);
    x->used += n;
    x->info.unit = (bal_text){letters.p, n};
    const bal_text rest = rest_of(x);
    if (rest.n == 0)
        return check_letter_o(x, diag);
    if (rest.n == 1 && rest.p[0] == '%' && x->used == x->digits) {
        x->value = bal_dd_div(x->value, bal_dd_of(100.0));
        x->info.percent = true;
        return check_range(x, diag);
    }
    const size_t length = bal_utf8_length(rest.p, rest.n);
    const bal_text culprit = {rest.p, length > 0 ? length : 1};
    const char *hint = rest.p[0] == ';' ? ": a comment needs a blank before it" : "";
    return bal_report(diag, BAL_D_BAD_NUMBER, tail_of(x), "unexpected '%s' in number '%s'%s",
                      BAL_SHOW(culprit), BAL_SHOW(x->text), hint);
}

bal_status bal_number_parse(bal_span span, bal_diag *diag, bal_dd *value, bal_number_info *info)
{
    number x = {.span = span, .text = bal_span_text(span)};
    bal_status status = read_decimal(&x, diag);
    if (status == BAL_OK)
        status = check_ambiguous(&x, diag);
    if (status == BAL_OK)
        status = read_suffix(&x, diag);
    if (status == BAL_OK)
        status = read_unit(&x, diag);
    if (status != BAL_OK)
        return status;
    *value = x.value;
    if (info)
        *info = x.info;
    return BAL_OK;
}
