/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_DEVICE_DOUBT_H
#define BAL_DEVICE_DOUBT_H

#include "stamper.h"

/*
 * Adds up how far the rounding of one device's own values can move an output: an entry of A that is
 * wrong by d moves c^T x by y_row d x_col, to first order (y: the adjoint solution).
 */
struct bal_doubt {
    bal_stamper *st;      /* device, place, frequency */
    const bal_ddc *value; /* by unknown number as devices see them */
    const bal_ddc *gain;  /* the same */
    double moved;         /* the sum so far, in the unit of the output */
};

/* Runs ops->doubt at the stamper's frequency, which the caller sets, into d->moved; 0 without the
 * hook, infinite when the model asks for what it does not have. */
void bal_doubt_run(bal_doubt *d, const bal_device *device, const bal_stamp_place *place);

#endif
