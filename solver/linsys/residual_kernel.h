/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Body of residual.c and residual_fma.c: defines BAL_RESIDUAL_NAME. It has no include guard on
 * purpose. */
#include "pair_ops.h"
#include "residual.h"

/* An unevaluated sum of two complex numbers: s holds the high sums, e what they lost. */
typedef struct bal_sum {
    bal_v2 s;
    bal_v2 e;
} bal_sum;

static inline bal_sum bal_sum_from(const bal_pair *a)
{
    return (bal_sum){bal_v2_negative(bal_v2_load(a->hi)), bal_v2_negative(bal_v2_load(a->lo))};
}

/* sum + a * (hi + lo) for a real double-double a. */
static inline bal_sum bal_sum_add(bal_sum sum, bal_dd a, bal_v2 hi, bal_v2 lo)
{
    const bal_v2 ah = bal_v2_both(a.hi);
    const bal_v2 al = bal_v2_both(a.lo);
    const bal_v2 p = bal_v2_times(ah, hi);
    const bal_v2 p_rest = bal_v2_rest(ah, hi, p);
    const bal_v2 s = bal_v2_plus(sum.s, p);
    const bal_v2 s_rest = bal_v2_lost(sum.s, p, s);
    const bal_v2 low = bal_v2_plus(bal_v2_times(ah, lo), bal_v2_times(al, hi));
    const bal_v2 e = bal_v2_plus(bal_v2_plus(s_rest, p_rest), low);
    return (bal_sum){s, bal_v2_plus(sum.e, e)};
}

static inline bal_sum bal_sum_row(const bal_rows *rows, int slot, const bal_pair x[], bal_sum sum)
{
    const int end = rows->ptr[slot + 1];
    for (int k = rows->ptr[slot]; k < end; k++) {
        const bal_pair *v = &x[rows->index[k]];
        sum = bal_sum_add(sum, rows->value[k], bal_v2_load(v->hi), bal_v2_load(v->lo));
    }
    return sum;
}

/* work = b - B x, both parts normalised. */
static void bal_residual_blocks(const bal_system *system, const bal_pair x[], const bal_pair b[])
{
    bal_pair *work = system->work;
    for (int i = 0; i < system->rows->n; i++)
        work[i] = b[i];
    for (int k = 0; k < system->n_blocks; k++) {
        const bal_block_entry *entry = &system->blocks[k];
        bal_pair *to = &work[system->blocks_transposed ? entry->col : entry->row];
        const bal_pair *v = &x[system->blocks_transposed ? entry->row : entry->col];
        const bal_v2 hi = bal_v2_load(v->hi);
        const bal_v2 lo = bal_v2_load(v->lo);
        bal_sum sum = bal_sum_from(to);
        sum = bal_sum_add(sum, entry->value.re, hi, lo);
        sum = bal_sum_add(sum, entry->value.im, bal_v2_turn(hi), bal_v2_turn(lo));
        const bal_v2 s = bal_v2_plus(sum.s, sum.e);
        bal_v2_store(to->hi, bal_v2_negative(s));
        bal_v2_store(to->lo, bal_v2_negative(bal_v2_minus(sum.e, bal_v2_minus(s, sum.s))));
    }
}

void BAL_RESIDUAL_NAME(const bal_system *system, const bal_pair x[], const bal_pair b[], double r[])
{
    const bal_rows *rows = system->rows;
    const bal_sum zero = {bal_v2_both(0.0), bal_v2_both(0.0)};
    if (system->n_blocks > 0) {
        bal_residual_blocks(system, x, b);
        b = system->work;
    }
    for (int i = 0; i < rows->n; i++) {
        bal_sum sum = bal_sum_row(rows, 2 * i, x, bal_sum_from(&b[i]));
        if (rows->ptr[2 * i + 1] < rows->ptr[2 * i + 2]) {
            const bal_sum c = bal_sum_row(rows, 2 * i + 1, x, zero);
            sum = bal_sum_add(sum, system->omega, bal_v2_turn(c.s), bal_v2_turn(c.e));
        }
        bal_v2_store(&r[2 * i], bal_v2_negative(bal_v2_plus(sum.s, sum.e)));
    }
}
