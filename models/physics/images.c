/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "images.h"

#include <math.h>

#include "conductor.h"
#include "line.h"

static const double pi = 3.14159265358979323846;

double bal_images(double shield, const bal_rod *a, const bal_rod *b)
{
    const double apart = hypot(a->x - b->x, a->y - b->y);
    const double r2 = shield * shield;
    const double a2 = a->x * a->x + a->y * a->y;
    const double b2 = b->x * b->x + b->y * b->y;
    if (!(shield > 0.0))
        return a == b ? acosh(a->y / a->radius) : log(hypot(a->x - b->x, a->y + b->y) / apart);
    if (a == b)
        return acosh((r2 + a->radius * a->radius - a2) / (2.0 * shield * a->radius));
    return log(sqrt(a2 * b2 + r2 * r2 - 2.0 * r2 * (a->x * b->x + a->y * b->y)) / (shield * apart));
}

bool bal_images_capacitances(int n, const bal_rod at[], double shield, double er, double c[])
{
    double complex lu[BAL_LINE_SQUARE];
    double complex inverse[BAL_LINE_SQUARE] = {0.0};
    int pivot[BAL_LINE_MAX];
    for (int i = 0; i < n; i++) {
        inverse[i * (n + 1)] = 1.0;
        for (int j = 0; j < n; j++)
            lu[i * n + j] = bal_images(shield, &at[i], &at[j]);
    }
    if (!bal_dense_factor(n, lu, pivot))
        return false;
    bal_dense_solve(n, lu, pivot, n, inverse);
    for (int i = 0; i < n * n; i++)
        c[i] = 2.0 * pi * BAL_EPSILON0 * er * creal(inverse[i]);
    return true;
}

double complex bal_images_soil(double complex s, double sigma, double across, double up)
{
    if (sigma == 0.0 || s == 0.0)
        return 0.0;
    const double complex deeper = up + 2.0 / csqrt(s * (BAL_MU0 * sigma));
    const double complex ratio = (across * across + deeper * deeper) / (across * across + up * up);
    return s * (BAL_MU0 / (4.0 * pi)) * clog(ratio);
}
