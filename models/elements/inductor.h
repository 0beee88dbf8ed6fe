/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MODELS_INDUCTOR_H
#define BAL_MODELS_INDUCTOR_H

#include "models.h"

/* The inductance that an inductor stamps, in henry: with temperature, scale and m. For the
 * couplings. */
bal_dd bal_inductance(const bal_device *inductor);

#endif
