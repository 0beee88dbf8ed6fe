/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MODELS_GEOMETRY_H
#define BAL_MODELS_GEOMETRY_H

/*
 * Length and width of integrated R and C, whose .model gives the value per square or per area. As
 * in ngspice, the model's short and narrow count twice: once for each edge.
 */
#include "passive.h"

/* clang-format off */
#define BAL_GEOMETRY_PARAMS(at, length)                                                            \
    [(at)] = {"l", "m", BAL_P_REAL, 0, (length), 0.0, DBL_MAX, "length, of a .model's sheet"},     \
    [(at) + 1] = {"w", "m", BAL_P_REAL, 0, 10e-6, 0.0, DBL_MAX, "width, of a .model's sheet"},     \
    [(at) + 2] = {"short", "m", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,                             \
                  "of a .model: shorter than drawn"},                                             \
    [(at) + 3] = {"narrow", "m", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,                            \
                  "of a .model: narrower than drawn"}
/* clang-format on */

enum { BAL_GEOMETRY_COUNT = 4 };

/* Effective length and width; `at` is the index of "l", times how often short and narrow count. */
static inline bal_dd bal_effective_length(const bal_device *dev, int at, double times)
{
    return bal_dd_sub(dev->values[at], bal_dd_scale(dev->values[at + 2], times));
}

static inline bal_dd bal_effective_width(const bal_device *dev, int at, double times)
{
    return bal_dd_sub(dev->values[at + 1], bal_dd_scale(dev->values[at + 3], times));
}

#endif
