/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_LINSYS_LINSYS_H
#define BAL_LINSYS_LINSYS_H

#include <complex.h>
#include <stdint.h>

#include "dd.h"
#include "status.h"

/*
 * The sparse complex system  A(w) x = b,  A(w) = G + jwC + B(w), with G, C and B in double-double
 * over one compressed-column pattern, solved over and over for changing w.
 *
 * The ordering (AMD on A + A^T or COLAMD, the one with less work) is fixed by the pattern alone,
 * scales and pivots by the values at one reference frequency; every point reuses both. A reuse is
 * judged by its refinement: where the first correction is not small, the point is factored afresh,
 * for itself only. Hence no result depends on the order of visits. Every solution is refined with a
 * residual in double-double and is itself a double-double: its error is about 1e-20 of the largest
 * unknown (in the natural units of the unknowns) or the error that the conditioning allows,
 * whichever is larger.
 *
 * Life cycle: create -> set_values -> (point -> solve* )* -> destroy; set_values may be repeated.
 * Only the first point after set_values and the first transposed solution after it allocate, and
 * points that need pivots of their own. Not thread-safe per object; distinct objects may be used in
 * parallel. The only room that knows KLU.
 */
typedef struct bal_linsys bal_linsys;

/* n > 0 unknowns; colptr[n+1], rowidx[colptr[n]] ascending within a column, both copied.
 * BAL_E_NOMEM. Structural singularity is found by the first point. */
BAL_NODISCARD bal_status bal_linsys_create(int n, const int colptr[], const int rowidx[],
                                           bal_linsys **out);

/* g and c have colptr[n] entries each, copied. omega_reference (rad/s, >= 0): where the pivots are
 * taken; the pivots are taken anew at the next point after each call. */
BAL_NODISCARD bal_status bal_linsys_set_values(bal_linsys *ls, const bal_dd g[], const bal_dd c[],
                                               double omega_reference);

/*
 * Moves to angular frequency omega (rad/s, 0 is allowed) and factors. blocks: entries to add at
 * pattern positions (which may repeat), NULL if there are none; their number and places must be the
 * same at all points after one set_values. BAL_E_SINGULAR: bal_linsys_bad_unknown() tells which;
 * BAL_E_NUMERIC: an entry is not finite or so large or small that the pivots leave the range of a
 * double; BAL_E_NOMEM.
 */
typedef struct bal_blocks {
    int n;
    const int *at;                   /* positions 0..nnz-1 in the pattern */
    const bal_ddc *values;           /* at this frequency */
    const bal_ddc *reference_values; /* at the reference frequency */
} bal_blocks;
BAL_NODISCARD bal_status bal_linsys_point(bal_linsys *ls, bal_dd omega, const bal_blocks *blocks);

/* x = A^-1 b and y = A^-T c, refined; arrays of n, may not overlap. BAL_E_SINGULAR when the
 * refinement does not converge even with fresh pivots; BAL_E_NUMERIC when the solution is not
 * finite; BAL_E_NOMEM; BAL_E_USAGE without a point that succeeded. */
BAL_NODISCARD bal_status bal_linsys_solve(bal_linsys *ls, const bal_ddc b[], bal_ddc x[]);
BAL_NODISCARD bal_status bal_linsys_solve_transposed(bal_linsys *ls, const bal_ddc c[],
                                                     bal_ddc y[]);

/*
 * Bound of |c^T x - c^T A^-1 b| for any x and y of the current point (A x ~ b, A^T y ~ c), infinite
 * when it cannot be told. With r = b - A x and s = c - A^T y the error is exactly y^T r + s^T A^-1
 * r, so the bound is |y^T r| + |y|^T rho + (|s| + sigma)^T |A^-1 r| + (rounding of c^T x in
 * double-double), rho and sigma what r and s lose in their own arithmetic: 4 (k + 2) 2^-106 times
 * |A||x| + |b| in a row of k entries. All of it is rigorous but |A^-1 r|, which is taken as twice
 * the factors' own correction. The entries of A and b count as exact.
 */
double bal_linsys_bound(bal_linsys *ls, const bal_ddc b[], const bal_ddc x[], const bal_ddc c[],
                        const bal_ddc y[]);

/* Unknown that the last BAL_E_SINGULAR blames, or -1: one without an equation, one that no matching
 * of equations reaches, or the first large one of the null vector. */
int bal_linsys_bad_unknown(const bal_linsys *ls);

typedef struct bal_linsys_statistics {
    uint64_t points;        /* calls of point */
    uint64_t fresh;         /* of these, factored afresh beyond the reference */
    uint64_t refinements;   /* steps */
    double factor_nonzeros; /* L + U */
    double factor_flops;
} bal_linsys_statistics;
bal_linsys_statistics bal_linsys_stats(const bal_linsys *ls);

void bal_linsys_destroy(bal_linsys *ls); /* NULL is allowed */

#endif
