/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_PHYSICS_BRAID_H
#define BAL_PHYSICS_BRAID_H

#include <stdbool.h>

#include "conductor.h"

/* A braid as it is woven. */
typedef struct bal_braid {
    double carriers;     /* Nc */
    double ends;         /* N: wires of a carrier */
    double strand;       /* d, m */
    double picks;        /* P: crossings per metre along the cable */
    double diameter;     /* D0: under the braid, m */
    double conductivity; /* S/m */
} bal_braid;

typedef enum bal_braid_law { BAL_BRAID_VANCE, BAL_BRAID_TYNI, BAL_BRAID_KLEY } bal_braid_law;

typedef struct bal_braid_figures {
    double angle;    /* of the wires to the axis, radian */
    double fill;     /* F */
    double coverage; /* K = 2 F - F^2 */
} bal_braid_figures;

/*
 * The shield that a formula makes of a braid. R0 is sure, the inductance is not: the formulas
 * differ by factors of 2 to 3 and in sign (Vance 1978, Tyni 1976, Kley 1993), so a measured value
 * is to be preferred. False when the wires do not fit: fill >= 1 or a value out of range.
 */
bool bal_braid_shield(const bal_braid *braid, bal_braid_law law, bal_shield *shield,
                      bal_braid_figures *figures);

#endif
