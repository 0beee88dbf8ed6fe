/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_LINSYS_FACTOR_H
#define BAL_LINSYS_FACTOR_H

#include <klu.h>
#include <stdbool.h>

#include "status.h"

/*
 * One pattern, its order, and two factorizations: `reference`, whose pivots are taken once and
 * reused for other values, and `fresh`, with pivots of its own. Only KLU's traps are handled here;
 * whether a reuse is any good is judged by the refinement.
 */
typedef struct bal_factor {
    klu_common common;
    klu_symbolic *symbolic;
    klu_numeric *reference;
    klu_numeric *fresh;
    int n;
    int *colptr; /* borrowed; KLU wants them without const and does not change them */
    int *rowidx;
    int bad; /* unknown blamed by the last BAL_E_SINGULAR, -1 if none */
} bal_factor;

enum bal_which { BAL_REFERENCE, BAL_FRESH };

/* Orders the pattern: a pure function of the pattern. BAL_E_SINGULAR: structurally singular. */
BAL_NODISCARD bal_status bal_factor_order(bal_factor *f, int n, int *colptr, int *rowidx);

/* Takes pivots. values: interleaved complex, by pattern position. BAL_E_SINGULAR, BAL_E_NOMEM. The
 * reference expects equilibrated rows, fresh does that itself. */
BAL_NODISCARD bal_status bal_factor_take(bal_factor *f, enum bal_which which, double values[]);

/* Factors other values with the pivots of the reference. False: there is no reference or a pivot is
 * 0. */
bool bal_factor_reuse(bal_factor *f, double values[]);

/* Least over largest modulus of the pivots: 0 for a zero pivot, NaN for one that is not a number.
 */
double bal_factor_pivot_ratio(const bal_factor *f, enum bal_which which);

/* Overwrites n interleaved complex numbers. */
void bal_factor_solve(bal_factor *f, enum bal_which which, bool transposed, double rhs[]);

/* Nonzeros of L + U of the reference, and its flops as real operations; 0 without a reference. */
void bal_factor_cost(bal_factor *f, double *nonzeros, double *flops);

void bal_factor_release(bal_factor *f);

#endif
