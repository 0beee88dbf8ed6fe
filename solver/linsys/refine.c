/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Iterative refinement with a residual in double-double. With factors whose relative error is e,
 * every step multiplies the error of x by e, and the first correction shows e: one step usually
 * ends at e^2. The contraction is also what judges reused pivots, since klu_z_refactor reports
 * success whatever they are.
 */
#include "state.h"

#include <math.h>

#include "pair_ops.h"

#define BAL_GOAL 0x1p-66        /* estimated error of x over its norm at which refinement ends */
#define BAL_ENOUGH 0x1p-40      /* error that is accepted where the residual allows no better */
#define BAL_REUSE_ERROR 0x1p-16 /* reused pivots that give a worse first x are not used */
#define BAL_CONTRACTION 0.5

enum { BAL_STEPS_REUSED = 5, BAL_STEPS_FRESH = 40 };

typedef struct bal_norms {
    double x;      /* largest part, in the natural units of the unknowns */
    double d;      /* the same of the last correction */
    double poison; /* NaN when something is not finite */
} bal_norms;

void bal_refine_residual(bal_linsys *ls, bool transposed, const bal_pair b[])
{
    const bal_system system = {.rows = transposed ? &ls->columns : &ls->rows,
                               .omega = ls->omega,
                               .blocks = ls->blocks,
                               .n_blocks = ls->n_blocks,
                               .work = ls->work,
                               .blocks_transposed = transposed};
    ls->residual(&system, ls->x, b, ls->d);
}

static const double *bal_units(const bal_linsys *ls, bool transposed)
{
    return transposed ? ls->unit + ls->n : ls->unit;
}

static bal_norms bal_start(bal_linsys *ls, const double unit[])
{
    const bal_v2 zero = bal_v2_both(0.0);
    bal_v2 most = zero;
    bal_v2 poison = zero;
    for (int i = 0; i < ls->n; i++) {
        const bal_v2 d = bal_v2_load(&ls->d[2 * i]);
        bal_v2_store(ls->x[i].hi, d);
        bal_v2_store(ls->x[i].lo, zero);
        most = bal_v2_larger(bal_v2_times(bal_v2_modulus(d), bal_v2_both(unit[i])), most);
        poison = bal_v2_plus(poison, bal_v2_times(d, zero));
    }
    return (bal_norms){bal_v2_largest(most), 0.0, bal_v2_total(poison)};
}

/* x += d in double-double. */
static bal_norms bal_correct(bal_linsys *ls, const double unit[])
{
    const bal_v2 zero = bal_v2_both(0.0);
    bal_v2 most_x = zero;
    bal_v2 most_d = zero;
    bal_v2 poison = zero;
    for (int i = 0; i < ls->n; i++) {
        bal_pair *x = &ls->x[i];
        const bal_v2 d = bal_v2_load(&ls->d[2 * i]);
        const bal_v2 hi = bal_v2_load(x->hi);
        const bal_v2 sum = bal_v2_plus(hi, d);
        const bal_v2 rest = bal_v2_plus(bal_v2_lost(hi, d, sum), bal_v2_load(x->lo));
        const bal_v2 high = bal_v2_plus(sum, rest);
        bal_v2_store(x->hi, high);
        bal_v2_store(x->lo, bal_v2_minus(rest, bal_v2_minus(high, sum)));
        const bal_v2 natural = bal_v2_both(unit[i]);
        most_x = bal_v2_larger(bal_v2_times(bal_v2_modulus(high), natural), most_x);
        most_d = bal_v2_larger(bal_v2_times(bal_v2_modulus(d), natural), most_d);
        poison = bal_v2_plus(poison, bal_v2_times(d, zero));
    }
    return (bal_norms){bal_v2_largest(most_x), bal_v2_largest(most_d), bal_v2_total(poison)};
}

/* The unknown to blame for a null vector in ls->d: the first that is at least half the largest,
 * since node voltages come first and mean more to a reader than currents. */
static int bal_blame(const bal_linsys *ls, const double unit[])
{
    double most = 0.0;
    for (int i = 0; i < ls->n; i++)
        most = fmax(most, fmax(fabs(ls->d[2 * i]), fabs(ls->d[2 * i + 1])) * unit[i]);
    for (int i = 0; i < ls->n; i++) {
        const double size = fmax(fabs(ls->d[2 * i]), fabs(ls->d[2 * i + 1])) * unit[i];
        if (size >= 0.5 * most && size > 0.0)
            return i;
    }
    return -1;
}

/* The same for a matrix with a zero pivot: any solution of a slightly disturbed one is nearly a
 * null vector of it. Ends the point, because the values are spoilt. */
static int bal_blame_zero_pivot(bal_linsys *ls)
{
    const int zero_pivot = ls->factor.bad;
    uint32_t seed = 88675123U; /* xorshift32, Marsaglia 2003 */
    for (int k = 0; k < 2 * ls->colptr[ls->n]; k++) {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        ls->values[k] += ((double)seed * 0x1p-32 - 0.5) * 0x1p-20;
    }
    ls->ready = false;
    if (bal_factor_take(&ls->factor, BAL_FRESH, ls->values))
        return zero_pivot;
    for (int i = 0; i < ls->n; i++)
        bal_v2_store(&ls->d[2 * i], bal_v2_load(ls->probe[i].hi));
    bal_factor_solve(&ls->factor, BAL_FRESH, false, ls->d);
    const int found = bal_blame(ls, bal_units(ls, false));
    return found >= 0 ? found : zero_pivot;
}

static bal_status bal_iterate(bal_linsys *ls, enum bal_which which, bool transposed,
                              const bal_pair b[])
{
    const double *unit = bal_units(ls, transposed);
    const int limit = which == BAL_FRESH ? BAL_STEPS_FRESH : BAL_STEPS_REUSED;
    for (int i = 0; i < ls->n; i++)
        bal_v2_store(&ls->d[2 * i], bal_v2_load(b[i].hi));
    bal_factor_solve(&ls->factor, which, transposed, ls->d);
    bal_norms norms = bal_start(ls, unit);
    double before = norms.x;
    for (int step = 0; step < limit && norms.poison == 0.0 && before > 0.0; step++) {
        bal_refine_residual(ls, transposed, b);
        bal_factor_solve(&ls->factor, which, transposed, ls->d);
        norms = bal_correct(ls, unit);
        ls->stats.refinements++;
        const double rate = norms.d / before;
        if (norms.d * rate <= BAL_GOAL * norms.x && norms.poison == 0.0)
            return BAL_OK;
        if (rate > BAL_CONTRACTION ||
            (which == BAL_REFERENCE && step == 0 && rate > BAL_REUSE_ERROR))
            break;
        before = norms.d;
    }
    if (norms.poison != 0.0)
        return BAL_E_NUMERIC;
    if (norms.d <= BAL_ENOUGH * norms.x)
        return BAL_OK;
    ls->bad = bal_blame(ls, unit);
    return BAL_E_SINGULAR;
}

bal_status bal_refine_accept(bal_linsys *ls, enum bal_which which, double suspicion)
{
    const double ratio = bal_factor_pivot_ratio(&ls->factor, which);
    if (!(ratio >= 0.0))
        return BAL_E_NUMERIC;
    if (ratio >= suspicion)
        return BAL_OK;
    if (ratio == 0.0)
        return BAL_E_SINGULAR;
    return bal_iterate(ls, which, false, ls->probe);
}

bal_status bal_refine_take_fresh(bal_linsys *ls)
{
    if (ls->fresh_usable)
        return BAL_OK;
    ls->stats.fresh++;
    bal_status status = bal_factor_take(&ls->factor, BAL_FRESH, ls->values);
    if (status) {
        ls->bad = status == BAL_E_SINGULAR ? bal_blame_zero_pivot(ls) : -1;
        return status;
    }
    status = bal_refine_accept(ls, BAL_FRESH, BAL_PIVOT_SUSPICION);
    ls->fresh_usable = status == BAL_OK;
    return status;
}

bal_status bal_refine(bal_linsys *ls, bool transposed)
{
    if (ls->reuse_usable && bal_iterate(ls, BAL_REFERENCE, transposed, ls->b) == BAL_OK)
        return BAL_OK;
    const bal_status status = bal_refine_take_fresh(ls);
    return status ? status : bal_iterate(ls, BAL_FRESH, transposed, ls->b);
}
