/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_PHYSICS_WINDINGS_H
#define BAL_PHYSICS_WINDINGS_H

#include <stddef.h>

#include "dd.h"

/* Whether n coupled windings can exist: the matrix of coupling factors k[n*n] (symmetric, ones on
 * the diagonal) is positive semidefinite, i.e. no currents make the stored energy negative. k = 1
 * is legal. Destroys k. */
bool bal_windings_passive(bal_dd k[], size_t n);

#endif
