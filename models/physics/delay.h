/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_PHYSICS_DELAY_H
#define BAL_PHYSICS_DELAY_H

#include "dd.h"

/* Sine and cosine of an angle in radian to about 2^-100 of max(1, |angle|); angles beyond 2^52
 * turns, whose phase no double-double holds, and non-finite ones give NaN. */
void bal_sine_cosine(bal_dd angle, bal_dd *sine, bal_dd *cosine);

#endif
