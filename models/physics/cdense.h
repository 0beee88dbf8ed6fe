/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_PHYSICS_CDENSE_H
#define BAL_PHYSICS_CDENSE_H

/*
 * Small dense complex matrices, row by row without gaps: a[i * n + j]. Sizes to BAL_DENSE_MAX;
 * nothing is allocated. An output may not overlap an input unless said.
 */
#include <complex.h>
#include <stdbool.h>

#include "dd.h"

enum { BAL_DENSE_MAX = 32 };

/* Without the test for NaN that C's own product makes. */
static inline double complex bal_cmul(double complex a, double complex b)
{
    return bal_cplx(creal(a) * creal(b) - cimag(a) * cimag(b),
                    creal(a) * cimag(b) + cimag(a) * creal(b));
}

static inline double complex bal_cscale(double complex a, double b)
{
    return bal_cplx(creal(a) * b, cimag(a) * b);
}

void bal_dense_multiply(int n, const double complex a[], const double complex b[],
                        double complex out[]);
/* out = a v. */
void bal_dense_apply(int n, const double complex a[], const double complex v[],
                     double complex out[]);
/* (a + a^T) / 2, in place. */
void bal_dense_symmetrize(int n, double complex a[]);
/* Largest sum of moduli of a column. */
double bal_dense_norm1(int n, const double complex a[]);

/* out = I - a a^H. */
void bal_dense_loss(int n, const double complex a[], double complex out[]);
/* Whether a Hermitian matrix + slack I is positive. */
bool bal_dense_positive(int n, const double complex a[], double slack);

/* LU with partial pivoting, in place; pivot[n]. False: singular. */
bool bal_dense_factor(int n, double complex a[], int pivot[]);
/* Solves for `columns` right-hand sides b[n * columns] (row by row), in place. */
void bal_dense_solve(int n, const double complex lu[], const int pivot[], int columns,
                     double complex b[]);

#endif
