/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decimal text <-> double-double without strtod and without the locale.
 *
 * A decimal is m * 10^e with an integer m of at most 45 digits (what follows is below 1e-44 of it).
 * m is summed exactly from groups of 15 digits; 10^e = 5^e * 2^e, where 5^e never leaves the range
 * of a double (5^383 < 2^890) and 2^e is a change of exponent. That leaves two rounded operations.
 */
#include "decimal.h"

#include <stdio.h>
#include <string.h>

enum { GROUP = 15, MAX_DIGITS = 3 * GROUP, MAX_POWER = 383 };

/* 5^(16 j), correctly rounded to a double-double. */
static const bal_dd five16[] = {
    {0x1.0000000000000p+0, 0x0.0p+0},
    {0x1.1c37937e08000p+37, 0x0.0p+0},
    {0x1.3b8b5b5056e17p+74, -0x1.3107f00000000p+20},
    {0x1.5e531a0a1c873p+111, -0x1.14b4c7a76a406p+57},
    {0x1.84f03e93ff9f5p+148, -0x1.2ac340948e389p+93},
    {0x1.afcef51f0fb5fp+185, -0x1.08f322e84da10p+124},
    {0x1.df67562d8b363p+222, -0x1.ae9d180b58861p+168},
    {0x1.0a1f5b8132466p+260, 0x1.4f01f167b5e30p+206},
    {0x1.27748f9301d32p+297, -0x1.901cc86649e4ap+243},
    {0x1.4805738b51a75p+334, -0x1.18a0e9df9363ap+279},
    {0x1.6c2d4256ffcc3p+371, -0x1.56a2119e533adp+314},
    {0x1.945145230b378p+408, -0x1.b20a11c22bf0cp+351},
    {0x1.c0e1ef1a724ebp+445, -0x1.4abd220ed605cp+391},
    {0x1.f25c186a6f04cp+482, 0x1.45a7709a56ccep+427},
    {0x1.14a52dffc6799p+520, 0x1.2f82bd6b70d9ap+465},
    {0x1.33234de7ad7e3p+557, -0x1.34a66b24bc3ebp+501},
    {0x1.54fdd7f73bf3cp+594, -0x1.7222446fe4670p+539},
    {0x1.7a93a2954f3b8p+631, -0x1.beda693cdd93bp+577},
    {0x1.a44df832b8d46p+668, -0x1.ce31f3444e400p+611},
    {0x1.d2a1be4048f90p+705, 0x1.fea3e35c17799p+651},
    {0x1.03085e53e599cp+743, 0x1.baf3508ac1807p+689},
    {0x1.1f9584aeab1ddp+780, -0x1.8cef62d87aad1p+726},
    {0x1.3f484e01b7201p+817, 0x1.692f5f8c5b694p+763},
    {0x1.627987065de19p+854, 0x1.ab8246fac2110p+799},
};

/* 5^k for 0 <= k <= MAX_POWER: one rounded product, since 5^15 is exact in a double. */
static bal_dd power_of_five(int k)
{
    double small = 1.0;
    for (int i = 0; i < k % 16; i++)
        small *= 5.0;
    return bal_dd_scale(five16[k / 16], small);
}

/* v * 2^e below the normal range, rounded once: what ldexp cut off is compared with half a step. */
static double subnormal(bal_dd v, int e)
{
    const double cut = ldexp(v.hi, e);
    const double rest = v.hi - ldexp(cut, -e); /* exact */
    const double half = ldexp(0x1p-1074, -e - 1);
    if (rest > half || (rest == half && v.lo > 0.0))
        return cut + 0x1p-1074;
    if (rest < -half || (rest == -half && v.lo < 0.0))
        return cut - 0x1p-1074;
    return cut;
}

/* m * 10^e; inf or 0 outside the range of a double. */
static bal_dd times_power(bal_dd m, int e)
{
    const bal_dd p = power_of_five(e < 0 ? -e : e);
    const bal_dd v = e < 0 ? bal_dd_div(m, p) : bal_dd_mul(m, p);
    const double hi = ldexp(v.hi, e);
    if (fabs(hi) <= 0x1p-1022)
        return bal_dd_of(subnormal(v, e));
    if (!isfinite(hi))
        return bal_dd_of(hi);
    const double lo = ldexp(v.lo, e); /* a subnormal one may be rounded up to half a step of hi */
    return (bal_dd){hi, hi + lo == hi ? lo : nextafter(lo, 0.0)};
}

bal_dd bal_dd_pow10(int k)
{
    if (k > MAX_POWER)
        return bal_dd_of(HUGE_VAL);
    if (k < -MAX_POWER)
        return bal_dd_of(0.0);
    return times_power(bal_dd_of(1.0), k);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits of a decimal in groups, and where its point stands. */
typedef struct mantissa {
    double group[3]; /* integers below 1e15, most significant first */
    int n;           /* significant digits kept */
    long exponent;   /* value = (digits as an integer) * 10^exponent */
    size_t seen;     /* digits read, zeros included */
} mantissa;

static void take_digit(mantissa *m, int digit, bool behind_point)
{
    m->seen++;
    const bool leading_zero = m->n == 0 && digit == 0;
    const bool keep = !leading_zero && m->n < MAX_DIGITS;
    if (keep) {
        double *group = &m->group[m->n / GROUP];
        *group = *group * 10.0 + digit;
        m->n++;
    }
    if (behind_point && (keep || leading_zero))
        m->exponent--;
    if (!behind_point && !keep && !leading_zero)
        m->exponent++;
}

static size_t read_mantissa(const char *p, size_t n, mantissa *m)
{
    size_t i = 0;
    bool point = false;
    for (; i < n; i++) {
        if (p[i] == '.' && !point)
            point = true;
        else if (is_digit(p[i]))
            take_digit(m, p[i] - '0', point);
        else
            break;
    }
    return i;
}

/* The groups as one integer; a group that is not full counts for fewer places. */
static bal_dd integer_of(const mantissa *m)
{
    bal_dd sum = bal_dd_of(m->group[0]);
    for (int g = 1; g * GROUP < m->n; g++) {
        const int places = m->n - g * GROUP < GROUP ? m->n - g * GROUP : GROUP;
        double scale = 1.0;
        for (int i = 0; i < places; i++)
            scale *= 10.0;
        sum = bal_dd_add(bal_dd_scale(sum, scale), bal_dd_of(m->group[g]));
    }
    return sum;
}

/* Reads e[+-]digits at p[*i]. An 'e' before anything else is not consumed; before a letter it may
 * begin a unit, else it is an exponent that was not finished. */
static bal_decimal_result read_exponent(const char *p, size_t n, size_t *i, long *exponent)
{
    if (*i >= n || (p[*i] != 'e' && p[*i] != 'E'))
        return BAL_DECIMAL_OK;
    size_t j = *i + 1;
    const bool sign = j < n && (p[j] == '+' || p[j] == '-');
    const bool negative = sign && p[j] == '-';
    j += sign;
    if (j >= n || !is_digit(p[j])) {
        const bool letter =
            !sign && j < n && ((p[j] >= 'a' && p[j] <= 'z') || (p[j] >= 'A' && p[j] <= 'Z'));
        return letter ? BAL_DECIMAL_OK : BAL_DECIMAL_EXPONENT;
    }
    long e = 0;
    for (; j < n && is_digit(p[j]); j++)
        if (e < 1000000000L)
            e = e * 10 + (p[j] - '0');
    *exponent += negative ? -e : e;
    *i = j;
    return BAL_DECIMAL_OK;
}

bal_decimal_result bal_decimal_parse(const char *p, size_t n, bal_dd *value, size_t *used)
{
    const bool sign = n > 0 && (p[0] == '+' || p[0] == '-');
    const bool negative = sign && p[0] == '-';
    mantissa m = {{0.0, 0.0, 0.0}, 0, 0, 0};
    size_t i = sign;
    i += read_mantissa(p + i, n - i, &m);
    if (m.seen == 0) {
        *used = 0;
        return BAL_DECIMAL_NONE;
    }
    long exponent = m.exponent;
    const bal_decimal_result result = read_exponent(p, n, &i, &exponent);
    *used = i;
    const long magnitude = exponent + m.n; /* the value is below 10^magnitude */
    bal_dd v = bal_dd_of(0.0);
    if (m.n > 0 && magnitude > 310)
        return BAL_DECIMAL_RANGE;
    if (m.n > 0 && magnitude > -330)
        v = times_power(integer_of(&m), (int)exponent);
    if (!isfinite(v.hi))
        return BAL_DECIMAL_RANGE;
    *value = negative ? bal_dd_neg(v) : v;
    return result;
}

/* A locale's decimal separator (of any length) becomes a point. */
static void make_locale_free(char *text)
{
    char *out = text;
    for (const char *in = text; *in != '\0'; in++) {
        const bool ours = is_digit(*in) || strchr("+-.e", *in) != NULL;
        if (ours)
            *out++ = *in;
        else if (out == text || out[-1] != '.')
            *out++ = '.';
    }
    *out = '\0';
}

static char *print_special(double value, char buffer[32])
{
    const char *text = isnan(value) ? "nan" : value > 0.0 ? "inf" : "-inf";
    (void)snprintf(buffer, 32, "%s", text);
    return buffer;
}

char *bal_decimal_print_digits(double value, int digits, char buffer[32])
{
    if (!isfinite(value))
        return print_special(value, buffer);
    (void)snprintf(buffer, 32, "%.*g", digits, value);
    make_locale_free(buffer);
    return buffer;
}

char *bal_decimal_print(double value, char buffer[32])
{
    if (!isfinite(value))
        return print_special(value, buffer);
    /* A normal double that has a decimal of 15 digits or fewer prints it with %.15g. */
    for (int digits = fabs(value) < 0x1p-1022 ? 1 : 15; digits < 17; digits++) {
        bal_dd back = {0.0, 0.0};
        size_t used = 0;
        bal_decimal_print_digits(value, digits, buffer);
        if (bal_decimal_parse(buffer, strlen(buffer), &back, &used) == BAL_DECIMAL_OK &&
            back.hi == value)
            return buffer;
    }
    return bal_decimal_print_digits(value, 17, buffer);
}
