/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_LINSYS_RESIDUAL_H
#define BAL_LINSYS_RESIDUAL_H

#include "rows.h"

/*
 * Residuals of  (G + jwC + B) x = b  by error-free transforms (Ogita, Rump, Oishi 2005, Dot2, with
 * the low parts of the operands taken along): products and sums of high parts are exact, everything
 * below is gathered in a plain double. Error of row i: about 4 (terms + 2) 2^-106 of the sum of the
 * moduli.
 *
 * Two objects of one source: one that needs hardware FMA and one that does without. Their bits are
 * equal as long as nothing underflows and no operand exceeds 2^996.
 */

/* A complex double-double with re and im side by side, as vector units like it. */
typedef struct bal_pair {
    double hi[2];
    double lo[2];
} bal_pair;

typedef struct bal_block_entry {
    int row;
    int col;
    bal_ddc value;
} bal_block_entry;

typedef struct bal_system {
    const bal_rows *rows;
    bal_dd omega;
    const bal_block_entry *blocks;
    int n_blocks;
    bal_pair *work;         /* rows->n, needed when there are blocks */
    bool blocks_transposed; /* rows are those of the transposed matrix */
} bal_system;

/* r = b - A x, rounded to interleaved complex doubles. Arrays of rows->n. */
typedef void (*bal_residual_fn)(const bal_system *system, const bal_pair x[], const bal_pair b[],
                                double r[]);

void bal_residual_plain(const bal_system *system, const bal_pair x[], const bal_pair b[],
                        double r[]);
#if defined(__x86_64__)
void bal_residual_fma(const bal_system *system, const bal_pair x[], const bal_pair b[], double r[]);
#endif

/* The one that this processor runs fastest. */
bal_residual_fn bal_residual_choose(void);

#endif
