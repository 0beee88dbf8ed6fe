/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Error of c^T x. With r = b - A x and s = c - A^T y it is exactly
 *
 *     c^T A^-1 b - c^T x = y^T r + s^T A^-1 r.
 *
 * The first term is computed, not estimated: |y^T r| is the error itself, |y|^T |r| would exceed it
 * by any factor. What r and s lose in their own arithmetic is bounded row by row. Of the last term,
 * a product of two residuals, only |A^-1 r| is estimated, as twice the correction that the factors
 * give for r: that holds if they contract by a half, which every accepted solution has shown.
 */
#include "state.h"

#include <math.h>

/* Rounding of a row of the residual with k terms, relative to the sum of its moduli (residual.h).
 */
static double bal_row_rounding(int terms)
{
    return 4.0 * ((double)terms + 2.0) * 0x1p-106;
}

/* At least the modulus, at most 1.42 times it, and much cheaper than hypot. */
static double bal_size(double re, double im)
{
    return fabs(re) + fabs(im);
}

static double bal_pair_size(const bal_pair *v)
{
    return bal_size(v->hi[0], v->hi[1]);
}

typedef struct bal_moduli {
    const bal_linsys *ls;
    const bal_rows *rows;
    bool transposed;
} bal_moduli;

/* Error bound of row i of the residual in ls->d: rounding times |b_i| + sum |A_ij| |x_j|. */
static double bal_row_error(const bal_moduli *m, int i)
{
    const bal_rows *rows = m->rows;
    const double w = fabs(m->ls->omega.hi);
    double sum = bal_pair_size(&m->ls->b[i]);
    for (int k = rows->ptr[2 * i]; k < rows->ptr[2 * i + 1]; k++)
        sum += fabs(rows->value[k].hi) * bal_pair_size(&m->ls->x[rows->index[k]]);
    for (int k = rows->ptr[2 * i + 1]; k < rows->ptr[2 * i + 2]; k++)
        sum += fabs(rows->value[k].hi) * w * bal_pair_size(&m->ls->x[rows->index[k]]);
    return sum * bal_row_rounding(rows->ptr[2 * i + 2] - rows->ptr[2 * i]);
}

/* The part of the blocks: rounding times the sum of weight_i |B_ij| |x_j|. */
static double bal_block_error(const bal_moduli *m)
{
    double sum = 0.0;
    for (int k = 0; k < m->ls->n_blocks; k++) {
        const bal_block_entry *entry = &m->ls->blocks[k];
        const int row = m->transposed ? entry->col : entry->row;
        const int col = m->transposed ? entry->row : entry->col;
        sum += m->ls->weight[row] * bal_size(entry->value.re.hi, entry->value.im.hi) *
               bal_pair_size(&m->ls->x[col]);
    }
    return sum * bal_row_rounding(m->ls->n_blocks + 4);
}

/* |y^T r| and the rounding of r and of this sum, from ls->y, ls->d, ls->x and ls->b. */
static double bal_first_order(bal_linsys *ls)
{
    const bal_moduli moduli = {ls, &ls->rows, false};
    double re = 0.0;
    double im = 0.0;
    double sum = 0.0;
    double rounding = 0.0;
    for (int i = 0; i < ls->n; i++) {
        const double *y = ls->y[i].hi;
        const double *r = &ls->d[2 * i];
        re += y[0] * r[0] - y[1] * r[1];
        im += y[0] * r[1] + y[1] * r[0];
        ls->weight[i] = bal_pair_size(&ls->y[i]);
        sum += ls->weight[i] * bal_size(r[0], r[1]);
        rounding += ls->weight[i] * bal_row_error(&moduli, i);
    }
    rounding += bal_block_error(&moduli);
    return hypot(re, im) + rounding + sum * ((double)ls->n + 4.0) * 0x1p-52;
}

/* Largest part of A^-1 r, r in ls->d, in the natural units of the unknowns, doubled. */
static double bal_error_norm(bal_linsys *ls)
{
    const enum bal_which which = ls->reuse_usable ? BAL_REFERENCE : BAL_FRESH;
    bal_factor_solve(&ls->factor, which, false, ls->d);
    double most = 0.0;
    for (int i = 0; i < ls->n; i++) {
        const double size = bal_size(ls->d[2 * i], ls->d[2 * i + 1]) * ls->unit[i];
        if (!(size <= most))
            most = size;
    }
    return 2.0 * most;
}

/* |s|^T |A^-1 r| for a given norm of A^-1 r; s is the residual of y for c, which stand in ls->x,
 * ls->b. */
static double bal_second_order(bal_linsys *ls, double error_norm)
{
    const bal_moduli moduli = {ls, &ls->columns, true};
    bal_refine_residual(ls, true, ls->b);
    double sum = 0.0;
    for (int j = 0; j < ls->n; j++) {
        ls->weight[j] = 1.0 / ls->unit[j];
        sum +=
            ls->weight[j] * (bal_size(ls->d[2 * j], ls->d[2 * j + 1]) + bal_row_error(&moduli, j));
    }
    return error_norm * (sum + bal_block_error(&moduli));
}

/* Rounding of c^T x itself in double-double. */
static double bal_product_rounding(const bal_linsys *ls, const bal_ddc c[], const bal_ddc x[])
{
    double sum = 0.0;
    double terms = 4.0;
    for (int j = 0; j < ls->n; j++) {
        if (bal_ddc_is_zero(c[j]))
            continue;
        sum += bal_size(c[j].re.hi, c[j].im.hi) * bal_size(x[j].re.hi, x[j].im.hi);
        terms += 1.0;
    }
    return sum * terms * BAL_DD_UNIT;
}

/* Brings y into ls->y as A^T y = c has it after scaling: divided by S, and by the size of c. */
static bal_status bal_load_adjoint(bal_linsys *ls, const bal_ddc y[], int exponent)
{
    const bal_status status = bal_load_by(y, ls->n, -exponent, ls->y);
    for (int i = 0; !status && i < ls->n; i++) {
        for (int k = 0; k < 2; k++) {
            ls->y[i].hi[k] /= ls->row_scale[i];
            ls->y[i].lo[k] /= ls->row_scale[i];
        }
    }
    return status;
}

static void bal_swap(bal_pair **a, bal_pair **b)
{
    bal_pair *kept = *a;
    *a = *b;
    *b = kept;
}

double bal_linsys_bound(bal_linsys *ls, const bal_ddc b[], const bal_ddc x[], const bal_ddc c[],
                        const bal_ddc y[])
{
    int b_exponent = 0;
    int c_exponent = 0;
    if (!ls->ready || bal_linsys_need_columns(ls))
        return (double)INFINITY;
    if (bal_load(c, NULL, ls->n, ls->b, &c_exponent) || bal_load_adjoint(ls, y, c_exponent) ||
        bal_load(b, ls->row_scale, ls->n, ls->b, &b_exponent) ||
        bal_load_by(x, ls->n, -b_exponent, ls->x))
        return (double)INFINITY;
    bal_refine_residual(ls, false, ls->b);
    double bound = bal_first_order(ls);
    const double error_norm = bal_error_norm(ls);
    bal_swap(&ls->x, &ls->y);
    if (bal_load(c, NULL, ls->n, ls->b, &c_exponent))
        return (double)INFINITY;
    bound += bal_second_order(ls, error_norm);
    bound = ldexp(ldexp(bound, b_exponent), c_exponent) + bal_product_rounding(ls, c, x);
    return isfinite(bound) ? bound : (double)INFINITY;
}
