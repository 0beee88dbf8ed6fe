/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting sort from columns to rows: entries of a row come out by ascending column. */
#include "rows.h"

#include <string.h>

#include "alloc.h"

static bal_status bal_rows_reserve(bal_rows *rows, int n, size_t entries)
{
    if (!rows->ptr) {
        rows->ptr = bal_alloc(2 * (size_t)n + 2, sizeof *rows->ptr);
        if (!rows->ptr)
            return BAL_E_NOMEM;
        rows->n = n;
    }
    int *index = bal_grow(rows->index, &rows->index_capacity, entries, sizeof *index);
    if (!index)
        return BAL_E_NOMEM;
    rows->index = index;
    bal_dd *value = bal_grow(rows->value, &rows->value_capacity, entries, sizeof *value);
    if (!value)
        return BAL_E_NOMEM;
    rows->value = value;
    return BAL_OK;
}

/* Number of entries that are not zero; counts them per (row, kind) into ptr, shifted by two places
 * so that the later fill turns the sums into starts. */
static size_t bal_rows_count(int *ptr, const bal_columns *from, bool transposed)
{
    size_t total = 0;
    for (int col = 0; col < from->n; col++) {
        for (int k = from->colptr[col]; k < from->colptr[col + 1]; k++) {
            const int row = transposed ? col : from->rowidx[k];
            const bool has_g = !bal_dd_is_zero(from->g[k]);
            const bool has_c = !bal_dd_is_zero(from->c[k]);
            if (ptr) {
                ptr[2 * row + 2] += has_g;
                ptr[2 * row + 3] += has_c;
            }
            total += (size_t)has_g + (size_t)has_c;
        }
    }
    return total;
}

static void bal_rows_put(bal_rows *rows, int slot, int col, bal_dd value)
{
    if (bal_dd_is_zero(value))
        return;
    const int at = rows->ptr[slot + 1]++;
    rows->index[at] = col;
    rows->value[at] = value;
}

bal_status bal_rows_fill(bal_rows *rows, const bal_columns *from, bool transposed)
{
    const size_t total = bal_rows_count(NULL, from, transposed);
    const bal_status status = bal_rows_reserve(rows, from->n, total);
    if (status)
        return status;
    const size_t slots = 2 * (size_t)from->n;
    memset(rows->ptr, 0, (slots + 2) * sizeof *rows->ptr);
    (void)bal_rows_count(rows->ptr, from, transposed);
    for (size_t s = 2; s < slots + 2; s++)
        rows->ptr[s] += rows->ptr[s - 1];
    /* Now ptr[s + 1] is the start of slot s and moves to its end, which is the start of slot s + 1.
     */
    for (int col = 0; col < from->n; col++) {
        for (int k = from->colptr[col]; k < from->colptr[col + 1]; k++) {
            const int row = transposed ? col : from->rowidx[k];
            const int other = transposed ? from->rowidx[k] : col;
            bal_rows_put(rows, 2 * row, other, from->g[k]);
            bal_rows_put(rows, 2 * row + 1, other, from->c[k]);
        }
    }
    return BAL_OK;
}

void bal_rows_release(bal_rows *rows)
{
    bal_free(rows->ptr);
    bal_free(rows->index);
    bal_free(rows->value);
    *rows = (bal_rows){0};
}
