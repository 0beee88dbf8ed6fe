/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * value * 10^k is computed in double-double so that it has 17 digits before the point; its error is
 * below 2^-40 of the last digit. Where the digits behind the point are too near to a half for that
 * to decide the rounding, the exact and slow bal_decimal_print_digits does the work.
 */
#include "digits17.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "decimal.h"

enum { DIGITS = 17 };
static const double lowest = 1e16;  /* smallest integer of 17 digits */
static const double highest = 1e17; /* smallest of 18 */
static const double doubt = 0x1p-30;

static bal_dd power_of_ten(bal_digits17 *digits, int k)
{
    bal_dd *p = &digits->power[k + BAL_DIGITS17_RANGE];
    if (p->hi == 0.0)
        *p = bal_dd_pow10(k);
    return *p;
}

/* The decimal exponent of v > 0, or one less. */
static int low_exponent(double v)
{
    int e = 0;
    (void)frexp(v, &e);
    return (int)floor((e - 1) * 0.30102999566398114);
}

/* The 17 digits of v as an integer and the exponent of the first one; false: in doubt. */
static bool scale(bal_digits17 *digits, double v, uint64_t *integer, int *exponent)
{
    int e = low_exponent(v);
    if (e < DIGITS - 1 - BAL_DIGITS17_RANGE || e > BAL_DIGITS17_RANGE - DIGITS)
        return false;
    bal_dd p = bal_dd_scale(power_of_ten(digits, DIGITS - 1 - e), v);
    if (p.hi >= highest)
        p = bal_dd_scale(power_of_ten(digits, DIGITS - 1 - ++e), v);
    const double above = (p.hi - lowest) + p.lo;
    const double below = (highest - p.hi) - p.lo;
    if (above < doubt || below < 1.0)
        return false;
    const double whole = floor(p.lo); /* p.hi is an integer: it is above 2^53 */
    const double rest = p.lo - whole;
    if (fabs(rest - 0.5) < doubt)
        return false;
    *integer = (uint64_t)p.hi + (uint64_t)(int64_t)whole + (rest > 0.5 ? 1U : 0U);
    *exponent = e;
    return true;
}

/* Exactly n digits of v. */
static void put_digits(uint64_t v, int n, char *text)
{
    for (int i = n - 1; i >= 0; i--) {
        text[i] = (char)('0' + v % 10);
        v /= 10;
    }
}

static int count_digits(uint64_t v)
{
    int n = 1;
    while (v >= 10) {
        v /= 10;
        n++;
    }
    return n;
}

/* digit[0] . digit[1..n) e exponent */
static size_t put_scientific(const char *digit, int n, int exponent, char *text)
{
    size_t used = 0;
    text[used++] = digit[0];
    if (n > 1) {
        text[used++] = '.';
        memcpy(text + used, digit + 1, (size_t)(n - 1));
        used += (size_t)(n - 1);
    }
    text[used++] = 'e';
    text[used++] = exponent < 0 ? '-' : '+';
    const unsigned magnitude = (unsigned)(exponent < 0 ? -exponent : exponent);
    const int places = magnitude >= 100 ? 3 : 2;
    put_digits(magnitude, places, text + used);
    return used + (size_t)places;
}

/* The same value without an exponent, -5 < exponent < 17. */
static size_t put_fixed(const char *digit, int n, int exponent, char *text)
{
    size_t used = 0;
    if (exponent < 0) {
        used = 1U + (size_t)-exponent;
        memset(text, '0', used);
        text[1] = '.';
        memcpy(text + used, digit, (size_t)n);
        return used + (size_t)n;
    }
    const int whole = exponent + 1;
    memcpy(text, digit, (size_t)whole); /* what was stripped are zeros, still in place */
    used = (size_t)whole;
    if (n > whole) {
        text[used++] = '.';
        memcpy(text + used, digit + whole, (size_t)(n - whole));
        used += (size_t)(n - whole);
    }
    return used;
}

static size_t print_exactly(double value, char text[BAL_DIGITS17_SIZE])
{
    char copy[BAL_DIGITS17_SIZE];
    bal_decimal_print_digits(value, DIGITS, copy);
    memcpy(text, copy, sizeof copy);
    return strlen(copy);
}

size_t bal_digits17_print(bal_digits17 *digits, double value, char text[BAL_DIGITS17_SIZE])
{
    if (value == 0.0 || !isfinite(value))
        return print_exactly(value, text);
    const double v = fabs(value);
    size_t used = 0;
    if (value < 0.0)
        text[used++] = '-';
    if (v < 0x1p53 && floor(v) == v) {
        const int n = count_digits((uint64_t)v);
        put_digits((uint64_t)v, n, text + used);
        return used + (size_t)n;
    }
    uint64_t integer = 0;
    int exponent = 0;
    if (!scale(digits, v, &integer, &exponent))
        return print_exactly(value, text);
    char digit[DIGITS];
    put_digits(integer, DIGITS, digit);
    int n = DIGITS;
    while (n > 1 && digit[n - 1] == '0')
        n--;
    if (exponent < -4 || exponent >= DIGITS)
        return used + put_scientific(digit, n, exponent, text + used);
    return used + put_fixed(digit, n, exponent, text + used);
}
