/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain loops: at n = 2..8 nothing else pays. */
#include "cdense.h"

#include <math.h>

void bal_dense_multiply(int n, const double complex a[], const double complex b[],
                        double complex out[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double re = 0.0;
            double im = 0.0;
            for (int k = 0; k < n; k++) {
                const double complex p = bal_cmul(a[i * n + k], b[k * n + j]);
                re += creal(p);
                im += cimag(p);
            }
            out[i * n + j] = bal_cplx(re, im);
        }
}

void bal_dense_apply(int n, const double complex a[], const double complex v[],
                     double complex out[])
{
    for (int i = 0; i < n; i++) {
        out[i] = 0.0;
        for (int k = 0; k < n; k++)
            out[i] += bal_cmul(a[i * n + k], v[k]);
    }
}

void bal_dense_symmetrize(int n, double complex a[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) {
            const double complex mean = bal_cscale(a[i * n + j] + a[j * n + i], 0.5);
            a[i * n + j] = mean;
            a[j * n + i] = mean;
        }
}

double bal_dense_norm1(int n, const double complex a[])
{
    double largest = 0.0;
    for (int j = 0; j < n; j++) {
        double sum = 0.0;
        for (int i = 0; i < n; i++)
            sum += cabs(a[i * n + j]);
        largest = fmax(largest, sum);
    }
    return largest;
}

void bal_dense_loss(int n, const double complex a[], double complex out[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double complex sum = i == j ? -1.0 : 0.0;
            for (int k = 0; k < n; k++)
                sum += bal_cmul(a[i * n + k], conj(a[j * n + k]));
            out[i * n + j] = -sum;
        }
}

/* Elimination without pivots: a positive matrix has positive ones. */
bool bal_dense_positive(int n, const double complex a[], double slack)
{
    double complex u[BAL_DENSE_MAX * BAL_DENSE_MAX];
    for (int i = 0; i < n * n; i++)
        u[i] = a[i] + (i % (n + 1) == 0 ? slack : 0.0);
    for (int k = 0; k < n; k++) {
        if (!(creal(u[k * n + k]) > 0.0))
            return false;
        for (int i = k + 1; i < n; i++) {
            const double complex factor = bal_cscale(u[i * n + k], 1.0 / creal(u[k * n + k]));
            for (int j = k + 1; j < n; j++)
                u[i * n + j] -= bal_cmul(factor, u[k * n + j]);
        }
    }
    return true;
}

static void swap_rows(int n, double complex a[], int i, int k)
{
    for (int j = 0; j < n && i != k; j++) {
        const double complex keep = a[i * n + j];
        a[i * n + j] = a[k * n + j];
        a[k * n + j] = keep;
    }
}

static double size_of(double complex z)
{
    return fabs(creal(z)) + fabs(cimag(z));
}

bool bal_dense_factor(int n, double complex a[], int pivot[])
{
    for (int k = 0; k < n; k++) {
        int best = k;
        for (int i = k + 1; i < n; i++)
            if (size_of(a[i * n + k]) > size_of(a[best * n + k]))
                best = i;
        pivot[k] = best;
        if (!(size_of(a[best * n + k]) > 0.0))
            return false;
        swap_rows(n, a, k, best);
        const double complex inverse = 1.0 / a[k * n + k];
        for (int i = k + 1; i < n; i++) {
            const double complex factor = bal_cmul(a[i * n + k], inverse);
            a[i * n + k] = factor;
            for (int j = k + 1; j < n; j++)
                a[i * n + j] -= bal_cmul(factor, a[k * n + j]);
        }
    }
    return true;
}

static void take_away(int columns, double complex factor, const double complex from[],
                      double complex row[])
{
    for (int j = 0; j < columns; j++)
        row[j] -= bal_cmul(factor, from[j]);
}

void bal_dense_solve(int n, const double complex lu[], const int pivot[], int columns,
                     double complex b[])
{
    for (int k = 0; k < n; k++)
        for (int j = 0; j < columns && pivot[k] != k; j++) {
            const double complex keep = b[k * columns + j];
            b[k * columns + j] = b[pivot[k] * columns + j];
            b[pivot[k] * columns + j] = keep;
        }
    for (int k = 0; k < n; k++)
        for (int i = k + 1; i < n; i++)
            take_away(columns, lu[i * n + k], b + k * columns, b + i * columns);
    for (int k = n - 1; k >= 0; k--) {
        const double complex inverse = 1.0 / lu[k * n + k];
        for (int j = 0; j < columns; j++)
            b[k * columns + j] = bal_cmul(b[k * columns + j], inverse);
        for (int i = 0; i < k; i++)
            take_away(columns, lu[i * n + k], b + k * columns, b + i * columns);
    }
}
