/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Energy of coupled windings: 2W = sum L_i i_i^2 + 2 sum k_ij sqrt(L_i L_j) i_i i_j >= 0 for all
 * currents, which the factors k alone decide. Cholesky with the largest remaining pivot first; in
 * double-double, so that perfect coupling (a singular matrix) is told from an impossible one.
 */
#include "windings.h"

/* Factors that come out of functions are good to a few 1e-16: so much is no fault of the deck. */
static const double tolerance = 4e-15;

static size_t largest_pivot(const bal_dd k[], size_t n, size_t from)
{
    size_t best = from;
    for (size_t i = from + 1; i < n; i++)
        if (k[i * n + i].hi > k[best * n + best].hi)
            best = i;
    return best;
}

static void swap(bal_dd *a, bal_dd *b)
{
    const bal_dd t = *a;
    *a = *b;
    *b = t;
}

static void exchange(bal_dd k[], size_t n, size_t a, size_t b)
{
    if (a == b)
        return;
    for (size_t j = 0; j < n; j++)
        swap(&k[a * n + j], &k[b * n + j]);
    for (size_t i = 0; i < n; i++)
        swap(&k[i * n + a], &k[i * n + b]);
}

static void eliminate(bal_dd k[], size_t n, size_t p)
{
    for (size_t i = p + 1; i < n; i++) {
        const bal_dd ratio = bal_dd_div(k[i * n + p], k[p * n + p]);
        if (bal_dd_is_zero(ratio))
            continue;
        for (size_t j = p + 1; j < n; j++)
            k[i * n + j] = bal_dd_sub(k[i * n + j], bal_dd_mul(ratio, k[p * n + j]));
    }
}

/* All that is left beside pivots of zero must be zero. */
static bool is_null(const bal_dd k[], size_t n, size_t from)
{
    for (size_t i = from; i < n; i++)
        for (size_t j = from; j < n; j++)
            if (fabs(k[i * n + j].hi) > tolerance * (double)n)
                return false;
    return true;
}

bool bal_windings_passive(bal_dd k[], size_t n)
{
    for (size_t p = 0; p < n; p++) {
        exchange(k, n, p, largest_pivot(k, n, p));
        if (k[p * n + p].hi <= tolerance * (double)n)
            return is_null(k, n, p);
        eliminate(k, n, p);
    }
    return true;
}
