/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series.h"

#include <stdlib.h>

#include "alloc.h"

/* What stands in the row and the column of a node voltage, and how many items a branch row has. */
typedef struct node_use {
    int rows[2], cols[2];              /* branch unknowns */
    double row_value[2], col_value[2]; /* +-1 */
    int n_rows, n_cols;
    bool other; /* anything that is not a plain incidence */
} node_use;

typedef struct series {
    const bal_mna *m;
    bal_mna_system *s;
    node_use *use; /* by node voltage */
    int *total;    /* by full row: items */
    int *own;      /* by full row: items of the device that has this branch */
    bool *taken;   /* by full unknown: its branch is merged, or must not be */
} series;

static bool is_unit(bal_dd value)
{
    return fabs(value.hi) == 1.0 && value.lo == 0.0;
}

static void note_row(series *w, const bal_contribution *item)
{
    node_use *use = &w->use[item->row];
    if (item->kind != BAL_IN_G || !is_unit(item->value) || item->col < w->s->n_voltages ||
        use->n_cols == 2) {
        use->other = true;
        return;
    }
    use->cols[use->n_cols] = item->col;
    use->col_value[use->n_cols++] = item->value.hi;
}

static void note_col(series *w, const bal_contribution *item)
{
    node_use *use = &w->use[item->col];
    if (item->kind != BAL_IN_G || !is_unit(item->value) || item->row < w->s->n_voltages ||
        use->n_rows == 2) {
        use->other = true;
        return;
    }
    use->rows[use->n_rows] = item->row;
    use->row_value[use->n_rows++] = item->value.hi;
}

static void note_item(series *w, const bal_contribution *item, size_t device)
{
    bal_mna_system *s = w->s;
    const bool is_source = item->kind == BAL_IN_SOURCE;
    if (item->row >= 0 && item->row < s->n_voltages)
        is_source ? (void)(w->use[item->row].other = true) : note_row(w, item);
    if (item->row >= s->n_voltages) {
        w->total[item->row]++;
        w->own[item->row] +=
            item->row >= s->first_branch[device] && item->row < s->first_branch[device + 1];
        if (is_source || item->kind == BAL_IN_BLOCK)
            w->taken[item->row] = true;
    }
    if (is_source || item->col < 0)
        return;
    if (item->col < s->n_voltages)
        note_col(w, item);
    else if (item->kind == BAL_IN_BLOCK)
        w->taken[item->col] = true;
}

static void survey(series *w)
{
    for (size_t d = 0; d < w->m->n_devices; d++)
        for (size_t k = w->s->slice[d]; k < w->s->slice[d + 1]; k++)
            note_item(w, &w->s->items[k], d);
}

static bool same_pair(const int a[2], const int b[2])
{
    return (a[0] == b[0] && a[1] == b[1]) || (a[0] == b[1] && a[1] == b[0]);
}

static bool mergeable(const series *w, const node_use *use)
{
    return !use->other && use->n_rows == 2 && use->n_cols == 2 && use->rows[0] != use->rows[1] &&
           same_pair(use->rows, use->cols) && !w->taken[use->rows[0]] && !w->taken[use->rows[1]] &&
           (w->total[use->rows[0]] == w->own[use->rows[0]] ||
            w->total[use->rows[1]] == w->own[use->rows[1]]);
}

static void merge_node(series *w, int node)
{
    const node_use *use = &w->use[node];
    bal_mna_system *s = w->s;
    if (!mergeable(w, use))
        return;
    const int p = use->rows[0];
    const int q = use->rows[1];
    const bool straight = use->cols[0] == p;
    const double cp = use->col_value[straight ? 0 : 1];
    const double cq = use->col_value[straight ? 1 : 0];
    w->taken[p] = w->taken[q] = true;
    s->recover[node] = w->total[p] == w->own[p] ? p : q;
    s->row[node] = s->col[node] = -1;
    s->row[q] = s->col[q] = p; /* of the full numbering until renumber() */
    s->row_sign[q] = -use->row_value[0] / use->row_value[1];
    s->col_sign[q] = -cp / cq;
}

static void renumber(bal_mna_system *s)
{
    s->n = 0;
    for (int i = 0; i < s->n_full; i++)
        if (s->row[i] == i) {
            s->full_of[s->n] = i;
            s->col[i] = s->n++;
        }
    for (int i = 0; i < s->n_full; i++) {
        if (s->row[i] >= 0 && s->row[i] != i)
            s->col[i] = s->col[s->row[i]];
    }
    for (int i = 0; i < s->n_full; i++)
        s->row[i] = s->col[i];
}

static bal_status allocate(series *w)
{
    bal_mna_system *s = w->s;
    const size_t n = (size_t)s->n_full;
    s->row = bal_alloc(n, sizeof *s->row);
    s->col = bal_alloc(n, sizeof *s->col);
    s->row_sign = bal_alloc(n, sizeof *s->row_sign);
    s->col_sign = bal_alloc(n, sizeof *s->col_sign);
    s->recover = bal_alloc(n, sizeof *s->recover);
    s->full_of = bal_alloc(n, sizeof *s->full_of);
    w->use = bal_alloc((size_t)s->n_voltages, sizeof *w->use);
    w->total = bal_alloc(n, sizeof *w->total);
    w->own = bal_alloc(n, sizeof *w->own);
    w->taken = bal_alloc(n, sizeof *w->taken);
    if (!s->row || !s->col || !s->row_sign || !s->col_sign || !s->recover || !s->full_of ||
        !w->use || !w->total || !w->own || !w->taken)
        return BAL_E_NOMEM;
    for (int i = 0; i < s->n_full; i++) {
        s->row[i] = s->col[i] = i;
        s->row_sign[i] = s->col_sign[i] = 1.0;
        s->recover[i] = -1;
    }
    return BAL_OK;
}

bal_status bal_series_merge(const bal_mna *m, bal_mna_system *s)
{
    series w = {.m = m, .s = s};
    const bal_status status = allocate(&w);
    if (status == BAL_OK) {
        survey(&w);
        for (int node = 0; node < s->n_voltages; node++)
            merge_node(&w, node);
        renumber(s);
    }
    bal_free(w.use);
    bal_free(w.total);
    bal_free(w.own);
    bal_free(w.taken);
    return status;
}
