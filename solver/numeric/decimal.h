/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NUMERIC_DECIMAL_H
#define BAL_NUMERIC_DECIMAL_H

#include <stddef.h>

#include "dd.h"

typedef enum bal_decimal_result {
    BAL_DECIMAL_OK,
    BAL_DECIMAL_NONE,     /* no digits where a number must begin */
    BAL_DECIMAL_EXPONENT, /* "1e" or "1e+" followed by nothing that makes it a unit */
    BAL_DECIMAL_RANGE     /* overflows a double */
} bal_decimal_result;

/*
 * Reads [+-] digits [. digits] [e [+-] digits] from p[0..n), independent of the locale, as a
 * double-double within 2^-100 relative; *used receives the bytes consumed. An 'e' that is not
 * followed by digits is left alone (it may be a unit: "2eV"); whether that is an error is the
 * caller's matter. Underflow gives 0. No inf, nan, hex.
 */
bal_decimal_result bal_decimal_parse(const char *p, size_t n, bal_dd *value, size_t *used);

/* 10^k in double-double within 2^-100 relative, |k| <= 340. */
bal_dd bal_dd_pow10(int k);

/* Shortest of %.1g .. %.17g that reads back as `value` ("nan", "inf", "-inf" for those),
 * locale-free, into buffer[32]; returns buffer. */
char *bal_decimal_print(double value, char buffer[32]);

/* `value` with `digits` significant digits (1..17), as %.{digits}g prints it, locale-free. */
char *bal_decimal_print_digits(double value, int digits, char buffer[32]);

#endif
