/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frequencies are computed from their index, so that no error accumulates along the sweep. */
#include <math.h>

#include "study.h"

double bal_grid_frequency(const bal_grid *g, size_t k)
{
    switch (g->kind) {
    case BAL_GRID_DEC:
        return k > 0 && k + 1 == g->n ? g->last : g->first * pow(10.0, (double)k / g->per);
    case BAL_GRID_OCT:
        return g->first * exp2((double)k / g->per);
    case BAL_GRID_LIN:
        return g->n < 2 ? g->first
                        : g->first + (g->last - g->first) * ((double)k / (double)(g->n - 1));
    case BAL_GRID_LIST:
        return g->list[k];
    case BAL_GRID_NONE:
        break;
    }
    return 0.0;
}

void bal_grid_range(const bal_grid *g, double *low, double *high)
{
    *low = *high = bal_grid_frequency(g, 0);
    if (g->kind != BAL_GRID_LIST) {
        *high = bal_grid_frequency(g, g->n - 1);
        return;
    }
    for (size_t k = 0; k < g->n; k++) {
        *low = fmin(*low, g->list[k]);
        *high = fmax(*high, g->list[k]);
    }
}
