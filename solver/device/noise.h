/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_DEVICE_NOISE_H
#define BAL_DEVICE_NOISE_H

#include "stamper.h"

/*
 * Adds up what the noise of one device gives at an output. Noise sources are excitations of rows,
 * the gain from a row to the output is the adjoint solution; so a source of density S (one-sided,
 * per hertz) gives |gain|^2 S there.
 */
struct bal_noise {
    bal_stamper *st;     /* device, place, frequency */
    const bal_ddc *gain; /* by unknown number as devices see them */
    const bool *dead;    /* by the same: a row that was eliminated takes no excitation */
    double density;      /* the sum so far, (unit of the output)^2/Hz */
    bool unknown;        /* see bal_noise_unknown */
};

/* Runs ops->noise (0 without) at the stamper's frequency, which the caller sets, into n->density.
 * BAL_E_NUMERIC: a density is not finite; BAL_E_USAGE: the model excites where it has no row. */
BAL_NODISCARD bal_status bal_noise_run(bal_noise *n, const bal_device *device,
                                       const bal_stamp_place *place);

#endif
