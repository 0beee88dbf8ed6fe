/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .ac data=: a row of the table may change values along the sweep. It is in force from its
 * frequency up to that of the next row, so a crossing between two rows is solved with the lower
 * one's. */
#include "analyses.h"
#include "engine.h"

static size_t frequency_column(const bal_data_table *table)
{
    size_t column = 0;
    while (column < table->n_columns && !bal_table_is_frequency(table, column))
        column++;
    return column;
}

static bal_status check_frequencies(bal_study *s, const bal_grid *g, const bal_data_table *table)
{
    for (size_t k = 0; k < g->n; k++) {
        if (g->list[k] < 0.0)
            return bal_report(s->diag, BAL_D_ANALYSIS_SYNTAX, table->at,
                              "a frequency cannot be negative");
        if (k > 0 && table->n_columns > 1 && g->list[k] <= g->list[k - 1])
            return bal_report(s->diag, BAL_D_ANALYSIS_SYNTAX, table->at,
                              "the frequencies of a table with other columns must ascend");
    }
    return BAL_OK;
}

bal_status bal_rows_read(bal_study *s, bal_span name, bal_grid *g)
{
    const bal_data_table *table = NULL;
    bal_status status = bal_study_table(s, name, &table);
    if (status != BAL_OK)
        return status;
    const size_t column = frequency_column(table);
    if (column == table->n_columns)
        return bal_report(s->diag, BAL_D_ANALYSIS_SYNTAX, table->at,
                          "a table for .ac needs a column 'freq'");
    g->list = bal_alloc(table->n_rows, sizeof *g->list);
    g->handles = bal_arena_alloc(s->arena, table->n_columns, sizeof *g->handles);
    if (!g->list || !g->handles)
        return BAL_E_NOMEM;
    g->kind = BAL_GRID_LIST;
    g->n = table->n_rows;
    for (size_t k = 0; k < g->n; k++)
        g->list[k] = bal_dd_double(table->values[k * table->n_columns + column]);
    for (size_t c = 0; c < table->n_columns && status == BAL_OK; c++)
        if (c != column)
            status = bal_study_find_handle(s, table->columns[c], &g->handles[c]);
    g->rows = table->n_columns > 1 ? table : NULL;
    return status == BAL_OK ? check_frequencies(s, g, table) : status;
}

static size_t row_at(const bal_grid *g, double hertz)
{
    size_t row = 0;
    while (row + 1 < g->n && g->list[row + 1] <= hertz)
        row++;
    return row;
}

bal_status bal_rows_apply(bal_engine *e, double hertz)
{
    bal_study *s = e->study;
    bal_grid *g = &s->grid;
    if (!g->rows)
        return BAL_OK;
    const size_t row = row_at(g, hertz);
    if (g->row_in_force == row + 1)
        return BAL_OK;
    const bal_dd *values = g->rows->values + row * g->rows->n_columns;
    bal_status status = BAL_OK;
    for (size_t c = 0; c < g->rows->n_columns && status == BAL_OK; c++)
        if (!bal_table_is_frequency(g->rows, c))
            status = bal_circuit_set(s->circuit, g->handles[c], values[c]);
    if (status == BAL_OK)
        status = bal_circuit_update(s->circuit);
    if (status == BAL_OK)
        status = bal_engine_restamp(e);
    g->row_in_force = status == BAL_OK ? row + 1 : 0;
    return status;
}
