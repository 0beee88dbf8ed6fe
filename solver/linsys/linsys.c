/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Life cycle, scaling, and the move from point to point. The scaled system is explained in state.h.
 */
#include "state.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "pair_ops.h"

/* A point whose least pivot fell this far below the reference's is tried before it is trusted. */
#define BAL_RATIO_DROP 0x1p-4

/* ---- life cycle ---- */

static void bal_fill_constants(bal_linsys *ls)
{
    uint32_t seed = 2463534242U; /* xorshift32, Marsaglia 2003 */
    for (int i = 0; i < ls->n; i++) {
        for (int k = 0; k < 2; k++) {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            ls->probe[i].hi[k] = 0.5 + (double)seed * 0x1p-33;
        }
        ls->unit[ls->n + i] = 1.0;
    }
    for (int j = 0; j < ls->n; j++) {
        for (int k = ls->colptr[j]; k < ls->colptr[j + 1]; k++)
            ls->colidx[k] = j;
    }
}

static bal_status bal_reserve(bal_linsys *ls, size_t n, size_t entries)
{
    ls->colptr = bal_alloc(n + 1, sizeof *ls->colptr);
    ls->rowidx = bal_alloc(entries, sizeof *ls->rowidx);
    ls->colidx = bal_alloc(entries, sizeof *ls->colidx);
    ls->g = bal_alloc(entries, sizeof *ls->g);
    ls->c = bal_alloc(entries, sizeof *ls->c);
    ls->row_scale = bal_alloc(n, sizeof *ls->row_scale);
    ls->unit = bal_alloc(2 * n, sizeof *ls->unit);
    ls->fill_from = bal_alloc(entries, 2 * sizeof *ls->fill_from);
    ls->values = bal_alloc(entries, 2 * sizeof *ls->values);
    ls->probe = bal_alloc(n, sizeof *ls->probe);
    ls->b = bal_alloc(n, sizeof *ls->b);
    ls->x = bal_alloc(n, sizeof *ls->x);
    ls->work = bal_alloc(n, sizeof *ls->work);
    ls->d = bal_alloc(n, 2 * sizeof *ls->d);
    ls->y = bal_alloc(n, sizeof *ls->y);
    ls->weight = bal_alloc(n, sizeof *ls->weight);
    const bool ok = ls->colptr && ls->rowidx && ls->colidx && ls->g && ls->c && ls->row_scale &&
                    ls->unit && ls->fill_from && ls->values && ls->probe && ls->b && ls->x &&
                    ls->work && ls->d && ls->y && ls->weight;
    return ok ? BAL_OK : BAL_E_NOMEM;
}

bal_status bal_linsys_create(int n, const int colptr[], const int rowidx[], bal_linsys **out)
{
    bal_linsys *ls = bal_alloc(1, sizeof *ls);
    if (!ls)
        return BAL_E_NOMEM;
    ls->n = n;
    ls->bad = -1;
    ls->residual = bal_residual_choose();
    const size_t entries = (size_t)colptr[n];
    bal_status status = bal_reserve(ls, (size_t)n, entries);
    if (!status) {
        memcpy(ls->colptr, colptr, ((size_t)n + 1) * sizeof *colptr);
        if (entries > 0)
            memcpy(ls->rowidx, rowidx, entries * sizeof *rowidx);
        bal_fill_constants(ls);
        status = bal_factor_order(&ls->factor, n, ls->colptr, ls->rowidx);
    }
    if (status && status != BAL_E_SINGULAR) {
        bal_linsys_destroy(ls);
        return status;
    }
    ls->structure = status;
    *out = ls;
    return BAL_OK;
}

void bal_linsys_destroy(bal_linsys *ls)
{
    if (!ls)
        return;
    bal_factor_release(&ls->factor);
    bal_rows_release(&ls->rows);
    bal_rows_release(&ls->columns);
    void *const owned[] = {ls->colptr,    ls->rowidx, ls->colidx,    ls->g,      ls->c,
                           ls->row_scale, ls->unit,   ls->fill_from, ls->values, ls->blocks,
                           ls->b,         ls->x,      ls->work,      ls->d,      ls->probe,
                           ls->y,         ls->weight};
    for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++)
        bal_free(owned[i]);
    bal_free(ls);
}

bal_status bal_linsys_set_values(bal_linsys *ls, const bal_dd g[], const bal_dd c[],
                                 double omega_reference)
{
    const size_t entries = (size_t)ls->colptr[ls->n];
    if (entries > 0) {
        memcpy(ls->g, g, entries * sizeof *g);
        memcpy(ls->c, c, entries * sizeof *c);
    }
    ls->omega_reference = omega_reference;
    ls->stale = true;
    ls->scaled = false;
    ls->ready = false;
    ls->has_columns = false;
    return BAL_OK;
}

/* ---- scaling ---- */

static double bal_block_size(bal_ddc value)
{
    return fmax(fabs(value.re.hi), fabs(value.im.hi));
}

/* The power of two that brings size to [1, 2); 1 for sizes that have none. */
static double bal_inverse_power(double size)
{
    if (size == 0.0 || !isfinite(size))
        return 1.0;
    const int e = ilogb(size);
    return ldexp(1.0, e < -1000 ? 1000 : -e);
}

static void bal_note_size(double *most, double size)
{
    if (size > *most)
        *most = size;
}

static void bal_find_row_scale(bal_linsys *ls, const bal_blocks *blocks)
{
    const int entries = ls->colptr[ls->n];
    for (int i = 0; i < ls->n; i++)
        ls->row_scale[i] = 0.0;
    for (int k = 0; k < entries; k++) {
        double *most = &ls->row_scale[ls->rowidx[k]];
        bal_note_size(most, fabs(ls->g[k].hi));
        bal_note_size(most, fabs(ls->c[k].hi) * ls->omega_reference);
    }
    for (int k = 0; blocks && k < blocks->n; k++)
        bal_note_size(&ls->row_scale[ls->rowidx[blocks->at[k]]],
                      bal_block_size(blocks->reference_values[k]));
    for (int i = 0; i < ls->n; i++)
        ls->row_scale[i] = bal_inverse_power(ls->row_scale[i]);
}

/* value * a * b for powers of two whose product may not fit. */
static bal_dd bal_scaled(bal_dd value, double a, double b)
{
    const double by = a * b;
    if (by >= DBL_MIN && by <= DBL_MAX)
        return (bal_dd){value.hi * by, value.lo * by};
    const int e = ilogb(a) + ilogb(b);
    return (bal_dd){ldexp(value.hi, e), ldexp(value.lo, e)};
}

static void bal_scale_values(bal_linsys *ls)
{
    const double w = ls->omega_reference;
    ls->omega_scale = w > 0.0 ? bal_inverse_power(w) : 1.0;
    const double c_scale = ldexp(1.0, -ilogb(ls->omega_scale));
    const int entries = ls->colptr[ls->n];
    for (int k = 0; k < entries; k++) {
        const double s = ls->row_scale[ls->rowidx[k]];
        ls->g[k] = bal_scaled(ls->g[k], s, 1.0);
        ls->c[k] = bal_scaled(ls->c[k], s, c_scale);
        ls->fill_from[2 * k] = ls->g[k].hi;
        ls->fill_from[2 * k + 1] = ls->c[k].hi;
    }
}

/* Sizes of the columns, from the values at the reference. */
static void bal_find_units(bal_linsys *ls)
{
    for (int j = 0; j < ls->n; j++) {
        double most = 0.0;
        for (int k = ls->colptr[j]; k < ls->colptr[j + 1]; k++) {
            bal_note_size(&most, fabs(ls->values[2 * k]));
            bal_note_size(&most, fabs(ls->values[2 * k + 1]));
        }
        ls->unit[j] = 1.0 / bal_inverse_power(most);
    }
}

/* ---- points ---- */

static bal_status bal_take_blocks(bal_linsys *ls, const bal_blocks *blocks, const bal_ddc values[])
{
    ls->n_blocks = 0;
    if (!blocks || blocks->n == 0)
        return BAL_OK;
    bal_block_entry *grown =
        bal_grow(ls->blocks, &ls->blocks_capacity, (size_t)blocks->n, sizeof *grown);
    if (!grown)
        return BAL_E_NOMEM;
    ls->blocks = grown;
    ls->n_blocks = blocks->n;
    for (int k = 0; k < blocks->n; k++) {
        const int at = blocks->at[k];
        const double s = ls->row_scale[ls->rowidx[at]];
        const bal_ddc value = {bal_scaled(values[k].re, s, 1.0), bal_scaled(values[k].im, s, 1.0)};
        grown[k] = (bal_block_entry){ls->rowidx[at], ls->colidx[at], value};
        ls->values[2 * at] += value.re.hi;
        ls->values[2 * at + 1] += value.im.hi;
    }
    return BAL_OK;
}

/* Values of the scaled matrix at omega. */
static bal_status bal_fill(bal_linsys *ls, bal_dd omega, const bal_blocks *blocks,
                           const bal_ddc block_values[])
{
    ls->omega = (bal_dd){omega.hi * ls->omega_scale, omega.lo * ls->omega_scale};
    const int entries = ls->colptr[ls->n];
    const double factors[2] = {1.0, ls->omega.hi};
    const bal_v2 by = bal_v2_load(factors);
    const bal_v2 zero = bal_v2_both(0.0);
    bal_v2 poison = zero;
    for (int k = 0; k < entries; k++) {
        const bal_v2 value = bal_v2_times(bal_v2_load(&ls->fill_from[2 * k]), by);
        bal_v2_store(&ls->values[2 * k], value);
        poison = bal_v2_plus(poison, bal_v2_times(value, zero));
    }
    const bal_status status = bal_take_blocks(ls, blocks, block_values);
    if (status)
        return status;
    for (int k = 0; k < ls->n_blocks; k++) {
        const bal_v2 value = bal_v2_load(&ls->values[2 * blocks->at[k]]);
        poison = bal_v2_plus(poison, bal_v2_times(value, zero));
    }
    return bal_v2_total(poison) == 0.0 ? BAL_OK : BAL_E_NUMERIC;
}

/* Scales, rows and pivots for new values. A singular reference is no error: points then take their
 * own. */
static bal_status bal_take_reference(bal_linsys *ls, const bal_blocks *blocks)
{
    if (!ls->scaled) { /* not again after an attempt that ran out of memory */
        bal_find_row_scale(ls, blocks);
        bal_scale_values(ls);
        ls->scaled = true;
    }
    const bal_columns columns = {ls->n, ls->colptr, ls->rowidx, ls->g, ls->c};
    bal_status status = bal_rows_fill(&ls->rows, &columns, false);
    if (status)
        return status;
    status = bal_fill(ls, bal_dd_of(ls->omega_reference), blocks,
                      blocks ? blocks->reference_values : NULL);
    bal_find_units(ls);
    if (!status)
        status = bal_factor_take(&ls->factor, BAL_REFERENCE, ls->values);
    if (!status) {
        ls->reference_ratio = bal_factor_pivot_ratio(&ls->factor, BAL_REFERENCE);
        status = bal_refine_accept(ls, BAL_REFERENCE, BAL_PIVOT_SUSPICION);
    }
    if (status == BAL_E_NOMEM)
        return status;
    ls->has_reference = status == BAL_OK;
    ls->stale = false;
    bal_factor_cost(&ls->factor, &ls->stats.factor_nonzeros, &ls->stats.factor_flops);
    return BAL_OK;
}

static bool bal_try_reuse(bal_linsys *ls)
{
    if (!ls->has_reference || !bal_factor_reuse(&ls->factor, ls->values))
        return false;
    const double suspicion = fmin(BAL_PIVOT_SUSPICION, BAL_RATIO_DROP * ls->reference_ratio);
    return bal_refine_accept(ls, BAL_REFERENCE, suspicion) == BAL_OK;
}

bal_status bal_linsys_point(bal_linsys *ls, bal_dd omega, const bal_blocks *blocks)
{
    ls->ready = false;
    ls->fresh_usable = false;
    ls->bad = ls->factor.bad;
    if (ls->structure)
        return ls->structure;
    if (ls->stale) {
        const bal_status status = bal_take_reference(ls, blocks);
        if (status)
            return status;
    }
    ls->bad = -1;
    ls->stats.points++;
    bal_status status = bal_fill(ls, omega, blocks, blocks ? blocks->values : NULL);
    if (status)
        return status;
    ls->reuse_usable = bal_try_reuse(ls);
    if (!ls->reuse_usable)
        status = bal_refine_take_fresh(ls);
    ls->ready = status == BAL_OK;
    return status;
}

/* ---- solutions ---- */

bal_status bal_linsys_need_columns(bal_linsys *ls)
{
    if (ls->has_columns)
        return BAL_OK;
    const bal_columns columns = {ls->n, ls->colptr, ls->rowidx, ls->g, ls->c};
    const bal_status status = bal_rows_fill(&ls->columns, &columns, true);
    ls->has_columns = status == BAL_OK;
    return status;
}

bal_status bal_linsys_solve(bal_linsys *ls, const bal_ddc b[], bal_ddc x[])
{
    if (!ls->ready)
        return BAL_E_USAGE;
    int exponent = 0;
    bal_status status = bal_load(b, ls->row_scale, ls->n, ls->b, &exponent);
    if (!status)
        status = bal_refine(ls, false);
    return status ? status : bal_unload(ls->x, NULL, ls->n, exponent, x);
}

bal_status bal_linsys_solve_transposed(bal_linsys *ls, const bal_ddc c[], bal_ddc y[])
{
    if (!ls->ready)
        return BAL_E_USAGE;
    int exponent = 0;
    bal_status status = bal_linsys_need_columns(ls);
    if (!status)
        status = bal_load(c, NULL, ls->n, ls->b, &exponent);
    if (!status)
        status = bal_refine(ls, true);
    return status ? status : bal_unload(ls->x, ls->row_scale, ls->n, exponent, y);
}

int bal_linsys_bad_unknown(const bal_linsys *ls)
{
    return ls->bad;
}

bal_linsys_statistics bal_linsys_stats(const bal_linsys *ls)
{
    return ls->stats;
}
