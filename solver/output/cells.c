/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A cell is cut to n decimals only if the bound is at most half of the last one. Limits are rounded
 * to the side on which they stay true.
 */
#include "cells.h"

#include <math.h>
#include <string.h>

#include "decimal.h"

enum { DIGITS = 6 };
typedef enum rounding { NEAREST, DOWN, UP } rounding;

static void append(char cell[BAL_CELL], const char *text)
{
    const size_t used = strlen(cell);
    const size_t n = strlen(text);
    if (used + n < BAL_CELL)
        memcpy(cell + used, text, n + 1);
}

static double power_of_ten(int k)
{
    return bal_dd_pow10(k).hi;
}

/* %.{decimals}f, and no sign for what rounds to 0. */
static void append_fixed(char cell[BAL_CELL], double v, int decimals, rounding mode)
{
    char text[32];
    double scaled = v * power_of_ten(decimals);
    scaled = mode == DOWN ? floor(scaled) : mode == UP ? ceil(scaled) : round(scaled);
    if (!(fabs(scaled) < 1e15)) {
        append(cell, bal_decimal_print_digits(v, DIGITS, text));
        return;
    }
    size_t at = sizeof text - 1;
    text[at] = '\0';
    unsigned long long n = (unsigned long long)fabs(scaled);
    const unsigned long long all = n;
    for (int place = 0; place <= decimals || n > 0; place++) {
        if (place == decimals && decimals > 0)
            text[--at] = '.';
        text[--at] = (char)('0' + n % 10);
        n /= 10;
    }
    if (scaled < 0.0 && all > 0)
        text[--at] = '-';
    append(cell, text + at);
}

static int exponent_of(double magnitude)
{
    return (int)floor(log10(magnitude));
}

void bal_cell_frequency(double hertz, char cell[BAL_CELL])
{
    char text[32];
    cell[0] = '\0';
    if (!(hertz >= 1e-3 && hertz < 1e9)) {
        append(cell, bal_decimal_print_digits(hertz, DIGITS, text));
        return;
    }
    const int spare =
        exponent_of(hertz) - (DIGITS - 1); /* places before the point to be rounded off */
    if (spare <= 0) {
        append(cell, bal_decimal_print_digits(hertz, DIGITS, text));
        if (strchr(cell, 'e') == NULL)
            return;
        cell[0] = '\0';
    }
    const double step = power_of_ten(spare > 0 ? spare : 0);
    append_fixed(cell, round(hertz / step) * step, 0, NEAREST);
}

/* Decimals that an error of `error` leaves true, at most 2; -1: none. */
static int true_decimals(double error)
{
    return error <= 0.005 ? 2 : error <= 0.05 ? 1 : error <= 0.5 ? 0 : -1;
}

void bal_cell_decibel(double db, double bound, char cell[BAL_CELL])
{
    cell[0] = '\0';
    if (isnan(db) || isnan(bound)) {
        append(cell, "undefined");
        return;
    }
    if (isinf(db)) {
        append(cell, db < 0.0 ? "null" : "infinite");
        return;
    }
    if (isinf(bound)) {
        append(cell, bound > 0.0 ? ">= " : "<= ");
        append_fixed(cell, db, 2, bound > 0.0 ? DOWN : UP);
        return;
    }
    const int decimals = true_decimals(fabs(bound));
    if (decimals < 0) {
        append(cell, ">= ");
        append_fixed(cell, db - fabs(bound), 0, DOWN);
        return;
    }
    append_fixed(cell, db, decimals, NEAREST);
}

/* The relative error that a bound in dB stands for. */
static double relative_error(double bound)
{
    return 1.0 - pow(10.0, -fabs(bound) / 20.0);
}

void bal_cell_degrees(double degrees, double bound, char cell[BAL_CELL])
{
    const double per_radian = 57.295779513082323;
    cell[0] = '\0';
    const int decimals =
        isfinite(bound) ? true_decimals(asin(relative_error(bound)) * per_radian) : -1;
    if (!isfinite(degrees) || decimals < 0)
        append(cell, "-");
    else
        append_fixed(cell, degrees, decimals, NEAREST);
}

/* Half of the last digit is not below the error. */
static int true_digits(double value, double bound)
{
    const double error = relative_error(bound) * fabs(value);
    if (!(error > 0.0))
        return DIGITS;
    const double digits = floor(exponent_of(fabs(value)) + 1 - log10(2.0 * error));
    return digits < 1.0 ? 1 : digits > DIGITS ? DIGITS : (int)digits;
}

static void append_engineering(char cell[BAL_CELL], double value, int digits, rounding mode)
{
    char text[32];
    const double magnitude = fabs(value);
    if (!(magnitude >= 1e-300 && magnitude < 1e300)) {
        append(cell, bal_decimal_print_digits(value, digits, text));
        return;
    }
    int exponent = exponent_of(magnitude);
    const double edge = 1.0 - 0.5 * power_of_ten(-digits);
    if (magnitude >= edge * power_of_ten(exponent + 1))
        exponent++; /* rounds up to the next power of ten */
    const int third = 3 * (int)floor(exponent / 3.0);
    const int decimals = digits - 1 - (exponent - third);
    const double mantissa = third < 0 ? value * power_of_ten(-third) : value / power_of_ten(third);
    append_fixed(cell, mantissa, decimals > 0 ? decimals : 0, mode);
    if (third == 0)
        return;
    append(cell, "e");
    append(cell, bal_decimal_print(third, text));
}

void bal_cell_engineering(double value, double bound, char cell[BAL_CELL])
{
    cell[0] = '\0';
    if (isnan(value) || isnan(bound))
        append(cell, "undefined");
    else if (isinf(value))
        append(cell, value > 0.0 ? "infinite" : "-infinite");
    else if (value == 0.0)
        append(cell, "0");
    else if (isinf(bound)) {
        append(cell, bound > 0.0 ? ">= " : "<= ");
        append_engineering(cell, value, DIGITS, bound > 0.0 ? DOWN : UP);
    } else {
        append_engineering(cell, value, true_digits(value, bound), NEAREST);
    }
}
