/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include <string.h>

bool bal_bracket(const double first[], size_t n, size_t stride, double x, size_t *i, double *part)
{
    *part = 0.0;
    *i = 0;
    if (n == 1 || !(x >= first[0]))
        return n > 0 && x == first[0];
    size_t low = 0;
    size_t high = n - 1;
    if (!(x <= first[high * stride])) {
        *i = high - 1;
        *part = 1.0;
        return false;
    }
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (first[middle * stride] <= x)
            low = middle;
        else
            high = middle;
    }
    *i = low;
    *part = (x - first[low * stride]) / (first[high * stride] - first[low * stride]);
    return true;
}

double bal_table_at(const bal_table *table, int column, double x)
{
    const size_t columns = (size_t)table->n_columns;
    size_t i = 0;
    double part = 0.0;
    (void)bal_bracket(table->values, table->n_rows, columns, x, &i, &part);
    const double *at = table->values + i * columns + (size_t)column;
    return part == 0.0 ? at[0] : at[0] * (1.0 - part) + at[columns] * part;
}

int bal_table_column(const bal_table *table, const char *name)
{
    for (int i = 0; table->names && i < table->n_columns; i++)
        if (strcmp(table->names[i], name) == 0)
            return i;
    return -1;
}
