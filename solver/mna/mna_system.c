/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbering, stamping of all devices, the union pattern and the places of every contribution in it.
 */
#include "mna_system.h"

#include <string.h>

#include "alloc.h"
#include "series.h"

int bal_mna_branches(const bal_mna *m, size_t device)
{
    const bal_device *d = m->devices[device];
    return d->ops->branches ? d->ops->branches(d, &m->range) : d->ops->n_branches;
}

bal_stamp_place bal_mna_place(const bal_mna *m, const bal_mna_system *s, size_t device)
{
    const size_t refs = m->ref_offset[device];
    return (bal_stamp_place){.unknown_of_node = s->unknown_of_node,
                             .first_branch = s->first_branch[device],
                             .n_branches = s->first_branch[device + 1] - s->first_branch[device],
                             .ref_first = s->ref_first + refs,
                             .ref_count = s->ref_count + refs};
}

/* ---- numbering ---- */

static void bal_number_nodes(const bal_mna *m, bal_mna_system *s)
{
    for (int node = 0; node < m->n_nodes; node++)
        s->unknown_of_node[node] = 0;
    s->unknown_of_node[0] = -1;
    for (int k = 0; k < m->n_tied; k++)
        s->unknown_of_node[m->tied[k]] = -1;
    for (int node = 0; node < m->n_nodes; node++) {
        if (s->unknown_of_node[node] < 0)
            continue;
        s->node_of_unknown[s->n_voltages] = node;
        s->unknown_of_node[node] = s->n_voltages++;
    }
}

static bal_status bal_number(const bal_mna *m, bal_mna_system *s)
{
    const size_t n_refs = m->ref_offset[m->n_devices];
    s->unknown_of_node = bal_alloc((size_t)m->n_nodes, sizeof *s->unknown_of_node);
    s->node_of_unknown = bal_alloc((size_t)m->n_nodes, sizeof *s->node_of_unknown);
    s->first_branch = bal_alloc(m->n_devices + 1, sizeof *s->first_branch);
    s->ref_first = bal_alloc(n_refs, sizeof *s->ref_first);
    s->ref_count = bal_alloc(n_refs, sizeof *s->ref_count);
    if (!s->unknown_of_node || !s->node_of_unknown || !s->first_branch || !s->ref_first ||
        !s->ref_count)
        return BAL_E_NOMEM;
    bal_number_nodes(m, s);
    s->n_full = s->n_voltages;
    for (size_t d = 0; d < m->n_devices; d++) {
        s->first_branch[d] = s->n_full;
        s->n_full += bal_mna_branches(m, d);
    }
    s->first_branch[m->n_devices] = s->n_full;
    for (size_t r = 0; r < n_refs; r++) {
        const size_t d = m->ref_device[r];
        s->ref_first[r] = s->first_branch[d];
        s->ref_count[r] = s->first_branch[d + 1] - s->first_branch[d];
    }
    return s->n_full > 0 ? BAL_OK : BAL_E_USAGE;
}

/* ---- contributions ---- */

static bal_status bal_stamp_all(bal_mna *m, bal_mna_system *s)
{
    s->slice = bal_alloc(m->n_devices + 1, sizeof *s->slice);
    if (!s->slice)
        return BAL_E_NOMEM;
    for (size_t d = 0; d < m->n_devices; d++) {
        const bal_stamp_place place = bal_mna_place(m, s, d);
        const bal_status status = bal_stamper_run(&m->stamper, m->devices[d], &place);
        if (status)
            return status;
        const size_t more = m->stamper.n;
        bal_contribution *grown =
            bal_grow(s->items, &s->items_capacity, s->n_items + more, sizeof *s->items);
        if (!grown)
            return BAL_E_NOMEM;
        s->items = grown;
        if (more > 0)
            memcpy(s->items + s->n_items, m->stamper.list, more * sizeof *s->items);
        s->n_items += more;
        s->slice[d + 1] = s->n_items;
    }
    return BAL_OK;
}

static bool bal_is_entry(const bal_mna_system *s, const bal_contribution *item)
{
    return item->kind != BAL_IN_SOURCE && bal_item_row(s, item) >= 0 && bal_item_col(s, item) >= 0;
}

/* ---- pattern ---- */

/* Counting sort of items by row or column: order[] of the `count` items listed in from[]. */
typedef struct bal_sorting {
    const bal_mna_system *system;
    const int *from;
    int *order;
    int *start; /* n + 2 */
    int count;
    int n;
} bal_sorting;

static int bal_key(const bal_sorting *sort, int k, bool by_row)
{
    const bal_contribution *item = &sort->system->items[sort->from[k]];
    return by_row ? bal_item_row(sort->system, item) : bal_item_col(sort->system, item);
}

static void bal_sort_by(const bal_sorting *sort, bool by_row)
{
    int *start = sort->start;
    memset(start, 0, ((size_t)sort->n + 2) * sizeof *start);
    for (int k = 0; k < sort->count; k++)
        start[bal_key(sort, k, by_row) + 2]++;
    for (int i = 2; i < sort->n + 2; i++)
        start[i] += start[i - 1];
    for (int k = 0; k < sort->count; k++)
        sort->order[start[bal_key(sort, k, by_row) + 1]++] = sort->from[k];
}

/* From items sorted by column and row: pattern and positions. */
static void bal_merge(bal_mna_system *s, const int order[], int count)
{
    int entries = 0;
    for (int k = 0; k < count; k++) {
        const bal_contribution *item = &s->items[order[k]];
        const bal_contribution *before = k > 0 ? &s->items[order[k - 1]] : NULL;
        const int row = bal_item_row(s, item);
        const int col = bal_item_col(s, item);
        if (!before || bal_item_row(s, before) != row || bal_item_col(s, before) != col) {
            s->rowidx[entries++] = row;
            s->colptr[col + 1]++;
        }
        s->position[order[k]] = entries - 1;
    }
    for (int j = 0; j < s->n; j++)
        s->colptr[j + 1] += s->colptr[j];
}

static bal_status bal_find_pattern(bal_mna_system *s)
{
    s->position = bal_alloc(s->n_items, sizeof *s->position);
    s->colptr = bal_alloc((size_t)s->n + 1, sizeof *s->colptr);
    s->rowidx = bal_alloc(s->n_items, sizeof *s->rowidx);
    int *first = bal_alloc(s->n_items, sizeof *first);
    int *second = bal_alloc(s->n_items, sizeof *second);
    int *start = bal_alloc((size_t)s->n + 2, sizeof *start);
    const bool ok = s->position && s->colptr && s->rowidx && first && second && start;
    if (ok) {
        int count = 0;
        for (size_t k = 0; k < s->n_items; k++) {
            s->position[k] = -1;
            if (bal_is_entry(s, &s->items[k]))
                first[count++] = (int)k;
        }
        const bal_sorting rows = {s, first, second, start, count, s->n};
        const bal_sorting columns = {s, second, first, start, count, s->n};
        bal_sort_by(&rows, true);
        bal_sort_by(&columns, false);
        bal_merge(s, first, count);
    }
    bal_free(first);
    bal_free(second);
    bal_free(start);
    return ok ? BAL_OK : BAL_E_NOMEM;
}

static bal_status bal_list_sources(bal_mna_system *s)
{
    for (size_t k = 0; k < s->n_items; k++)
        s->n_sources += s->items[k].kind == BAL_IN_SOURCE;
    s->sources = bal_alloc((size_t)s->n_sources, sizeof *s->sources);
    if (!s->sources)
        return BAL_E_NOMEM;
    int n = 0;
    for (size_t k = 0; k < s->n_items; k++) {
        if (s->items[k].kind == BAL_IN_SOURCE)
            s->sources[n++] = (int)k;
    }
    return BAL_OK;
}

/* ---- blocks ---- */

static size_t bal_count_blocks(const bal_mna_system *s, size_t device)
{
    size_t n = 0;
    for (size_t k = s->slice[device]; k < s->slice[device + 1]; k++)
        n += s->items[k].kind == BAL_IN_BLOCK;
    return n;
}

static void bal_place_blocks(const bal_mna *m, bal_mna_system *s)
{
    for (size_t d = 0; d < m->n_devices; d++) {
        if (bal_count_blocks(s, d) > 0)
            s->block_devices[s->n_block_devices++] = d;
        for (size_t k = s->slice[d]; k < s->slice[d + 1]; k++) {
            if (s->items[k].kind == BAL_IN_BLOCK && s->position[k] >= 0)
                s->block_at[s->n_blocks++] = s->position[k];
        }
    }
}

static bal_status bal_list_blocks(const bal_mna *m, bal_mna_system *s)
{
    size_t devices = 0;
    size_t places = 0;
    size_t most = 0;
    for (size_t d = 0; d < m->n_devices; d++) {
        const size_t n = bal_count_blocks(s, d);
        devices += n > 0;
        places += n;
        most = n > most ? n : most;
    }
    s->block_devices = bal_alloc(devices, sizeof *s->block_devices);
    s->block_at = bal_alloc(places, sizeof *s->block_at);
    s->block_values = bal_alloc(places, sizeof *s->block_values);
    s->block_reference = bal_alloc(places, sizeof *s->block_reference);
    s->block_raw = bal_alloc(most, sizeof *s->block_raw);
    if (!s->block_devices || !s->block_at || !s->block_values || !s->block_reference ||
        !s->block_raw)
        return BAL_E_NOMEM;
    bal_place_blocks(m, s);
    return BAL_OK;
}

/* ---- values ---- */

bal_status bal_mna_system_accumulate(const bal_mna *m, bal_mna_system *s)
{
    const size_t entries = (size_t)s->colptr[s->n];
    memset(s->g, 0, entries * sizeof *s->g);
    memset(s->c, 0, entries * sizeof *s->c);
    for (size_t k = 0; k < s->n_items; k++) {
        const bal_contribution *item = &s->items[k];
        const int at = s->position[k];
        if (at < 0)
            continue;
        const bool minus = bal_item_sign(s, item) < 0.0;
        const bal_dd value = minus ? bal_dd_neg(item->value) : item->value;
        if (item->kind == BAL_IN_G)
            s->g[at] = bal_dd_add(s->g[at], value);
        else if (item->kind == BAL_IN_C)
            s->c[at] = bal_dd_add(s->c[at], value);
    }
    return bal_linsys_set_values(s->linsys, s->g, s->c, m->omega_reference);
}

/* ---- all of it ---- */

static bool bal_alloc_workspace(bal_mna_system *s)
{
    s->b = bal_alloc((size_t)s->n, sizeof *s->b);
    s->weight = bal_alloc((size_t)s->n, sizeof *s->weight);
    s->value = bal_alloc((size_t)s->n_full, sizeof *s->value);
    s->gain = bal_alloc((size_t)s->n_full, sizeof *s->gain);
    s->dead = bal_alloc((size_t)s->n_full, sizeof *s->dead);
    return s->b && s->weight && s->value && s->gain && s->dead;
}

static bal_status bal_fill_system(bal_mna *m, bal_mna_system *s)
{
    bal_status status = bal_number(m, s);
    if (!status)
        status = bal_stamp_all(m, s);
    if (!status)
        status = bal_series_merge(m, s);
    if (!status)
        status = bal_find_pattern(s);
    if (!status)
        status = bal_list_sources(s);
    if (!status)
        status = bal_list_blocks(m, s);
    if (status)
        return status;
    s->g = bal_alloc((size_t)s->colptr[s->n], sizeof *s->g);
    s->c = bal_alloc((size_t)s->colptr[s->n], sizeof *s->c);
    if (!s->g || !s->c || !bal_alloc_workspace(s))
        return BAL_E_NOMEM;
    status = bal_linsys_create(s->n, s->colptr, s->rowidx, &s->linsys);
    return status ? status : bal_mna_system_accumulate(m, s);
}

bal_status bal_mna_system_build(bal_mna *m, bal_mna_system **out)
{
    bal_mna_system *s = bal_alloc(1, sizeof *s);
    if (!s)
        return BAL_E_NOMEM;
    const bal_status status = bal_fill_system(m, s);
    if (status) {
        bal_mna_system_destroy(s);
        return status;
    }
    *out = s;
    return BAL_OK;
}

void bal_mna_system_destroy(bal_mna_system *s)
{
    if (!s)
        return;
    bal_linsys_destroy(s->linsys);
    void *const owned[] = {s->row,
                           s->col,
                           s->row_sign,
                           s->col_sign,
                           s->recover,
                           s->full_of,
                           s->unknown_of_node,
                           s->node_of_unknown,
                           s->first_branch,
                           s->ref_first,
                           s->ref_count,
                           s->items,
                           s->slice,
                           s->position,
                           s->colptr,
                           s->rowidx,
                           s->g,
                           s->c,
                           s->sources,
                           s->block_devices,
                           s->block_at,
                           s->block_values,
                           s->block_reference,
                           s->block_raw,
                           s->b,
                           s->weight,
                           s->value,
                           s->gain,
                           s->dead};
    for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++)
        bal_free(owned[i]);
    bal_free(s);
}
