/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_FORMATS_CSV_H
#define BAL_FORMATS_CSV_H

/*
 * CSV as RFC 4180 has it, with LF: one header line, point decimals, 17 digits, no comments. A
 * complex column NAME is written as two, re(NAME) and im(NAME).
 */
#include <complex.h>
#include <stdbool.h>

#include "bytes.h"

typedef struct bal_csv_column {
    const char *name;
    bool is_real;
} bal_csv_column;

void bal_csv_header(bal_bytes *bytes, const bal_csv_column columns[], size_t n);
/* A comma and a field of text. */
void bal_csv_text(bal_bytes *bytes, const char *text);
void bal_csv_row(bal_bytes *bytes, const bal_csv_column columns[], size_t n,
                 const double complex values[]);

#endif
