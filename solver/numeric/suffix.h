/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NUMERIC_SUFFIX_H
#define BAL_NUMERIC_SUFFIX_H

#include <stddef.h>

#include "dd.h"

typedef struct bal_suffix {
    int power;   /* of ten; -7 for mil, whose factor is 254e-7 */
    size_t used; /* bytes of the suffix itself, unit letters not counted */
    char letter; /* t g k m u n p f a, 'x' for meg, 'l' for mil */
} bal_suffix;

/* Recognises the SPICE suffix that p[0..n) begins with (the text behind the digits), in any case:
 * t g meg k mil m u n p f a and the micro sign U+00B5 or U+03BC in UTF-8. false: none of these. */
bool bal_suffix_read(const char *p, size_t n, bal_suffix *suffix);

/* value * factor of the suffix, within 2^-100 relative; may be infinite. */
bal_dd bal_suffix_apply(bal_dd value, const bal_suffix *suffix);

/* Bytes of unit letters at p[0..n): ASCII letters, U+2126 and U+03A9 (ohm), U+00B0 (degree). */
size_t bal_unit_length(const char *p, size_t n);

#endif
