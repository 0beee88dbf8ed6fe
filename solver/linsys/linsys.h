/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_LINSYS_LINSYS_H
#define BAL_LINSYS_LINSYS_H

#include <complex.h>
#include <stdint.h>

#include "dd.h"
#include "status.h"

/*
 * The sparse complex system  A(w) x = b,  A(w) = G + jwC + B(w), with G, C and B in double-double over
 * one compressed-column pattern, solved over and over for changing w.
 *
 * The ordering (AMD on A + A^T or COLAMD, the one with less fill) and the pivots are fixed at one
 * reference frequency; every point reuses both. A reuse whose reciprocal pivot growth is poor, or whose
 * refinement does not contract, is factored afresh for its own point only, so that no result depends on
 * the order of visits. Every solution is refined with a residual in double-double and is itself a
 * double-double.
 *
 * Life cycle: create -> set_values -> (point -> solve* )* -> destroy; set_values may be repeated.
 * Not thread-safe per object; distinct objects may be used in parallel. The only room that knows KLU.
 */
typedef struct bal_linsys bal_linsys;

/* n > 0 unknowns; colptr[n+1], rowidx[colptr[n]] ascending within a column, both copied.
 * BAL_E_NOMEM. Structural singularity is found by the first point. */
BAL_NODISCARD bal_status bal_linsys_create(int n, const int colptr[], const int rowidx[],
                                           bal_linsys **out);

/* g and c have colptr[n] entries each, copied. omega_reference (rad/s, >= 0): where the pivots are taken;
 * the pivots are taken anew at the next point after each call. */
BAL_NODISCARD bal_status bal_linsys_set_values(bal_linsys *ls, const bal_dd g[], const bal_dd c[],
                                               double omega_reference);

/*
 * Moves to angular frequency omega (rad/s) and factors. `block` has n_block entries to add at pattern
 * positions block_at[] (may repeat); block_reference has the same entries at the reference frequency and is used
 * only when the pivots are taken. All NULL with n_block = 0 when there are none.
 * BAL_E_SINGULAR: bal_linsys_bad_unknown() tells which; BAL_E_NUMERIC: an entry is not finite; BAL_E_NOMEM.
 */
typedef struct bal_blocks {
    int n;
    const int *at;                   /* positions 0..nnz-1 in the pattern */
    const bal_ddc *values;           /* at this frequency */
    const bal_ddc *reference_values; /* at the reference frequency */
} bal_blocks;
BAL_NODISCARD bal_status bal_linsys_point(bal_linsys *ls, bal_dd omega, const bal_blocks *blocks);

/* x = A^-1 b and y = A^-T c, refined; arrays of n, may not overlap. BAL_E_SINGULAR when the refinement
 * does not converge even with fresh pivots; BAL_E_NUMERIC when the solution is not finite. */
BAL_NODISCARD bal_status bal_linsys_solve(bal_linsys *ls, const bal_ddc b[], bal_ddc x[]);
BAL_NODISCARD bal_status bal_linsys_solve_transposed(bal_linsys *ls, const bal_ddc c[], bal_ddc y[]);

/*
 * Rigorous-in-double-double bound of |c^T x - c^T A^-1 b| for computed x and y (A x ~ b, A^T y ~ c):
 * |y|^T |b - A x| + |y|^T (u_dd (|A||x| + |b|)) + |x|^T|c - A^T y| * (...second-order...), u_dd the unit of the
 * residual's own arithmetic. See numerics: |y^T r| itself is also added to nothing: x is not corrected.
 */
double bal_linsys_bound(bal_linsys *ls, const bal_ddc b[], const bal_ddc x[], const bal_ddc c[],
                        const bal_ddc y[]);

/* Unknown of the failed pivot of the last BAL_E_SINGULAR, or -1. */
int bal_linsys_bad_unknown(const bal_linsys *ls);

typedef struct bal_linsys_statistics {
    uint64_t points;          /* calls of point */
    uint64_t fresh;           /* of these, factored afresh beyond the reference */
    uint64_t refinements;     /* steps */
    double factor_nonzeros;   /* L + U */
    double factor_flops;
} bal_linsys_statistics;
bal_linsys_statistics bal_linsys_stats(const bal_linsys *ls);

void bal_linsys_destroy(bal_linsys *ls); /* NULL is allowed */

#endif
