/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_FORMATS_DIGITS17_H
#define BAL_FORMATS_DIGITS17_H

/*
 * Doubles as text with 17 significant digits, which always read back as the same double: the bytes
 * of
 * %.17g in the C locale, several times faster, for files of millions of numbers.
 */
#include <stddef.h>

#include "dd.h"

enum { BAL_DIGITS17_RANGE = 300, BAL_DIGITS17_SIZE = 32 };

/* Powers of ten met so far. Start as {0}; one per writer. */
typedef struct bal_digits17 {
    bal_dd power[2 * BAL_DIGITS17_RANGE + 1]; /* 10^(index - RANGE), hi = 0: not yet computed */
} bal_digits17;

/* Prints into text[BAL_DIGITS17_SIZE] without a NUL; returns the number of bytes. "nan", "inf" and
 * "-inf" for those. */
size_t bal_digits17_print(bal_digits17 *digits, double value, char text[BAL_DIGITS17_SIZE]);

#endif
