/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * KLU. Traps met (SuiteSparse 5.12): klu_z_refactor never takes new pivots and reports success all
 * the same; it does not look at the pivots of 1-by-1 blocks; halt_if_singular = 0 reports success
 * for a singular matrix, so it stays at 1.
 */
#include "factor.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

#include "alloc.h"

enum { KLU_ORDER_AMD = 0, KLU_ORDER_COLAMD = 1, KLU_SCALE_NONE_UNCHECKED = -1, KLU_SCALE_MAX = 2 };

static bal_status bal_klu_status(const bal_factor *f)
{
    switch (f->common.status) {
    case KLU_OUT_OF_MEMORY:
    case KLU_TOO_LARGE:
        return BAL_E_NOMEM;
    default:
        return BAL_E_SINGULAR;
    }
}

/* ---- structure ---- */

/* First row without an entry, or -1: the unknown of that number has no equation. */
static int bal_empty_row(const bal_factor *f, int mark[])
{
    for (int i = 0; i < f->n; i++)
        mark[i] = 0;
    for (int k = 0; k < f->colptr[f->n]; k++)
        mark[f->rowidx[k]] = 1;
    for (int i = 0; i < f->n; i++) {
        if (!mark[i])
            return i;
    }
    return -1;
}

/* A column that no matching covers, or -1. work: 6 n. */
static int bal_unmatched_column(const bal_factor *f, int work[])
{
    int *match = work; /* by row: its column, negative if none */
    double effort = 0.0;
    const int rank =
        btf_maxtrans(f->n, f->n, f->colptr, f->rowidx, 0.0, &effort, match, work + f->n);
    if (rank >= f->n)
        return -1;
    int *covered = work + f->n;
    for (int j = 0; j < f->n; j++)
        covered[j] = 0;
    for (int i = 0; i < f->n; i++) {
        if (match[i] >= 0)
            covered[match[i]] = 1;
    }
    int j = 0;
    while (j < f->n && covered[j])
        j++;
    return j;
}

static bal_status bal_check_structure(bal_factor *f)
{
    int *work = bal_alloc((size_t)f->n, 6 * sizeof *work);
    if (!work)
        return BAL_E_NOMEM;
    f->bad = bal_empty_row(f, work);
    if (f->bad < 0)
        f->bad = bal_unmatched_column(f, work);
    bal_free(work);
    return f->bad < 0 ? BAL_OK : BAL_E_SINGULAR;
}

/* ---- order ---- */

static klu_symbolic *bal_analyze(bal_factor *f, int ordering)
{
    f->common.ordering = ordering;
    return klu_analyze(f->n, f->colptr, f->rowidx, &f->common);
}

/* Values like those of a circuit of this pattern, but of no circuit in particular: heavy diagonals
 * and numbers in (0.5, 1) elsewhere. The order may depend on the pattern alone, or else two shards
 * of one run could differ in their last bits. */
static void bal_typical_values(const bal_factor *f, double values[])
{
    uint32_t seed = 2463534242U; /* xorshift32, Marsaglia 2003 */
    for (int j = 0; j < f->n; j++) {
        const int entries = f->colptr[j + 1] - f->colptr[j];
        for (int k = f->colptr[j]; k < f->colptr[j + 1]; k++) {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            const double weight = f->rowidx[k] == j ? (double)entries : 1.0;
            values[2 * k] = weight * (0.5 + (double)seed * 0x1p-33);
            values[2 * k + 1] = 0.0;
        }
    }
}

/* Flops of a factorization with this order. */
static bal_status bal_trial_flops(bal_factor *f, klu_symbolic *symbolic, double values[],
                                  double *flops)
{
    f->common.scale = KLU_SCALE_MAX;
    klu_numeric *trial = klu_z_factor(f->colptr, f->rowidx, values, symbolic, &f->common);
    if (!trial)
        return bal_klu_status(f);
    (void)klu_z_flops(symbolic, trial, &f->common);
    *flops = f->common.flops;
    klu_z_free_numeric(&trial, &f->common);
    return BAL_OK;
}

/* COLAMD is tried where AMD leaves so much work that it may win (chains never do) and where the two
 * trial factorizations do not themselves cost more than they can save. */
static bool bal_worth_a_race(const bal_factor *f)
{
    const double least_per_entry = 8.0;
    const double most = 2e9;
    const double flops = f->symbolic->est_flops;
    return flops > least_per_entry * (double)f->colptr[f->n] && flops < most;
}

/* Keeps in f->symbolic the order with less work and leaves the other one in *other. */
static bal_status bal_race(bal_factor *f, klu_symbolic **other, double values[])
{
    double amd = 0.0;
    double colamd = 0.0;
    bal_typical_values(f, values);
    bal_status status = bal_trial_flops(f, f->symbolic, values, &amd);
    if (!status)
        status = bal_trial_flops(f, *other, values, &colamd);
    if (!status && colamd < amd) {
        klu_symbolic *loser = f->symbolic;
        f->symbolic = *other;
        *other = loser;
    }
    /* Values that happen to be singular for one of the orders say nothing: AMD stays. */
    return status == BAL_E_SINGULAR ? BAL_OK : status;
}

static bal_status bal_hold_race(bal_factor *f)
{
    klu_symbolic *other = bal_analyze(f, KLU_ORDER_COLAMD);
    if (!other)
        return BAL_E_NOMEM;
    double *values = bal_alloc((size_t)f->colptr[f->n], 2 * sizeof *values);
    const bal_status status = values ? bal_race(f, &other, values) : BAL_E_NOMEM;
    bal_free(values);
    klu_free_symbolic(&other, &f->common);
    return status;
}

bal_status bal_factor_order(bal_factor *f, int n, int *colptr, int *rowidx)
{
    *f = (bal_factor){.n = n, .colptr = colptr, .rowidx = rowidx, .bad = -1};
    (void)klu_defaults(&f->common);
    /* Circuits have a handful of 1-by-1 blocks only: finding them gained nothing where it was
     * measured (33 to 20000 unknowns), and KLU does not check their pivots when it refactors. */
    f->common.btf = 0;
    const bal_status status = bal_check_structure(f);
    if (status)
        return status;
    f->symbolic = bal_analyze(f, KLU_ORDER_AMD);
    if (!f->symbolic)
        return BAL_E_NOMEM;
    return bal_worth_a_race(f) ? bal_hold_race(f) : BAL_OK;
}

/* ---- numbers ---- */

static klu_numeric **bal_slot(bal_factor *f, enum bal_which which)
{
    return which == BAL_FRESH ? &f->fresh : &f->reference;
}

bal_status bal_factor_take(bal_factor *f, enum bal_which which, double values[])
{
    klu_numeric **slot = bal_slot(f, which);
    if (*slot)
        klu_z_free_numeric(slot, &f->common);
    f->common.scale = which == BAL_FRESH ? KLU_SCALE_MAX : KLU_SCALE_NONE_UNCHECKED;
    *slot = klu_z_factor(f->colptr, f->rowidx, values, f->symbolic, &f->common);
    if (*slot)
        return BAL_OK;
    const bal_status status = bal_klu_status(f);
    if (status == BAL_E_SINGULAR) {
        const int col = f->common.singular_col;
        f->bad = col >= 0 && col < f->n ? col : -1;
    }
    return status;
}

bool bal_factor_reuse(bal_factor *f, double values[])
{
    if (!f->reference)
        return false;
    f->common.scale = KLU_SCALE_NONE_UNCHECKED;
    return klu_z_refactor(f->colptr, f->rowidx, values, f->symbolic, f->reference, &f->common) !=
               0 &&
           f->common.status == KLU_OK;
}

double bal_factor_pivot_ratio(const bal_factor *f, enum bal_which which)
{
    const klu_numeric *numeric = which == BAL_FRESH ? f->fresh : f->reference;
    const double *pivots = numeric->Udiag;
    double least = DBL_MAX;
    double most = 0.0;
    double poison = 0.0;
    for (int k = 0; k < f->n; k++) {
        const double re = fabs(pivots[2 * k]);
        const double im = fabs(pivots[2 * k + 1]);
        const double size = re > im ? re : im;
        poison += (re + im) * 0.0;
        least = size < least ? size : least;
        most = size > most ? size : most;
    }
    return least / most + poison;
}

void bal_factor_solve(bal_factor *f, enum bal_which which, bool transposed, double rhs[])
{
    klu_numeric *numeric = *bal_slot(f, which);
    if (transposed)
        (void)klu_z_tsolve(f->symbolic, numeric, f->n, 1, rhs, 0, &f->common);
    else
        (void)klu_z_solve(f->symbolic, numeric, f->n, 1, rhs, &f->common);
}

void bal_factor_cost(bal_factor *f, double *nonzeros, double *flops)
{
    *nonzeros = 0.0;
    *flops = 0.0;
    if (!f->reference)
        return;
    *nonzeros = (double)f->reference->lnz + (double)f->reference->unz + (double)f->reference->nzoff;
    if (klu_z_flops(f->symbolic, f->reference, &f->common))
        *flops = 4.0 * f->common.flops; /* KLU counts a complex multiply-subtract as 2 */
}

void bal_factor_release(bal_factor *f)
{
    if (f->reference)
        klu_z_free_numeric(&f->reference, &f->common);
    if (f->fresh)
        klu_z_free_numeric(&f->fresh, &f->common);
    if (f->symbolic)
        klu_free_symbolic(&f->symbolic, &f->common);
}
