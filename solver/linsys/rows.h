/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_LINSYS_ROWS_H
#define BAL_LINSYS_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "dd.h"
#include "status.h"

/*
 * G and C row by row without their zeros, for residuals: row i holds entries ptr[2i]..ptr[2i+1]-1
 * of G, then ptr[2i+1]..ptr[2i+2]-1 of C. Of the transposed matrix when filled so.
 */
typedef struct bal_rows {
    int n;
    int *ptr;   /* 2n + 1 */
    int *index; /* column */
    bal_dd *value;
    size_t index_capacity;
    size_t value_capacity;
} bal_rows;

/* A compressed-column pattern with its two sets of values; borrowed. */
typedef struct bal_columns {
    int n;
    const int *colptr;
    const int *rowidx;
    const bal_dd *g;
    const bal_dd *c;
} bal_columns;

/* Starts from {0}; may be called again with other values. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_rows_fill(bal_rows *rows, const bal_columns *from, bool transposed);
void bal_rows_release(bal_rows *rows);

#endif
