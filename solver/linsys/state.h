/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_LINSYS_STATE_H
#define BAL_LINSYS_STATE_H

#include "factor.h"
#include "linsys.h"
#include "residual.h"
#include "rows.h"

/*
 * Inside of a bal_linsys. All work is done on the scaled system
 *
 *     (S A) (x 2^-e) = S b 2^-e,    y = S y'  for the transposed one,
 *
 * S a diagonal of powers of two that brings the largest entry of every row at the reference
 * frequency to [1, 2), e such that the right-hand side is near 1, and omega counted in units of a
 * power of two near the reference. Powers of two make all of this exact, short of underflow.
 */
struct bal_linsys {
    int n;
    int *colptr;
    int *rowidx;
    int *colidx; /* column of every position */
    bal_factor factor;
    bal_status structure; /* of the pattern: BAL_OK or BAL_E_SINGULAR */
    bal_residual_fn residual;

    /* by set_values; scaled in place when the pivots are taken */
    bal_dd *g;
    bal_dd *c;
    double omega_reference;
    bool stale;             /* values are new: pivots, scales and rows are not yet */
    bool scaled;            /* g and c are those of S A */
    bool has_reference;     /* the reference point is regular */
    double reference_ratio; /* of its pivots */
    double *row_scale;      /* S */
    double *unit; /* 2n: largest entry of every column of S A, so that 1/unit is the natural size of
                     an unknown; then ones, the same for the transposed system */
    double omega_scale; /* power of two, omega' = omega * omega_scale */
    double *fill_from;  /* g and c rounded, interleaved */
    bal_rows rows;
    bal_rows columns; /* rows of the transposed matrix, made at the first transposed solution */
    bool has_columns;

    /* by point */
    bal_dd omega;   /* scaled */
    double *values; /* S A, interleaved */
    bal_block_entry *blocks;
    size_t blocks_capacity;
    int n_blocks;
    bool ready;        /* a point has succeeded */
    bool reuse_usable; /* the reference's pivots serve this point */
    bool fresh_usable; /* `fresh` belongs to this point */

    /* workspace of n */
    bal_pair *probe; /* a fixed right-hand side that reaches every null vector */
    bal_pair *b;
    bal_pair *x;
    bal_pair *work; /* of the residual */
    double *d;      /* interleaved complex */
    bal_pair *y;    /* for bounds */
    double *weight; /* for bounds */

    int bad;
    bal_linsys_statistics stats;
};

/* ---- refine.c ---- */

/* Solves S A x = ls->b (or its transpose) into ls->x, with the reference's pivots if they serve,
 * else with fresh ones. BAL_E_SINGULAR (ls->bad), BAL_E_NUMERIC, BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_refine(bal_linsys *ls, bool transposed);

/* Fresh pivots for this point unless it has them. BAL_E_SINGULAR (ls->bad), BAL_E_NUMERIC,
 * BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_refine_take_fresh(bal_linsys *ls);

/* Whether these pivots can serve: none is 0, and if they look like those of a singular matrix
 * (ratio below suspicion), a trial solution still contracts. Uses x and d. BAL_E_SINGULAR
 * (ls->bad), BAL_E_NUMERIC. */
BAL_NODISCARD bal_status bal_refine_accept(bal_linsys *ls, enum bal_which which, double suspicion);

#define BAL_PIVOT_SUSPICION 0x1p-40

/* Residual of the scaled system at the current point: ls->d from ls->x and b. */
void bal_refine_residual(bal_linsys *ls, bool transposed, const bal_pair b[]);

/* ---- load.c ---- */

/* to = from * scale[i] * 2^-*exponent with the exponent that brings the largest part near 1; scale
 * may be NULL. BAL_E_NUMERIC when an entry is not finite. */
BAL_NODISCARD bal_status bal_load(const bal_ddc from[], const double scale[], int n, bal_pair to[],
                                  int *exponent);

/* to = from * 2^exponent. BAL_E_NUMERIC when a result is not finite. */
BAL_NODISCARD bal_status bal_load_by(const bal_ddc from[], int n, int exponent, bal_pair to[]);

/* to = from * scale[i] * 2^exponent. BAL_E_NUMERIC when a result is not finite. */
BAL_NODISCARD bal_status bal_unload(const bal_pair from[], const double scale[], int n,
                                    int exponent, bal_ddc to[]);

/* ---- linsys.c ---- */

/* Makes the rows of the transposed matrix unless they are there. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_linsys_need_columns(bal_linsys *ls);

#endif
