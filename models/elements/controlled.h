/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MODELS_CONTROLLED_H
#define BAL_MODELS_CONTROLLED_H

/* What F and H share: the element whose current they read. */
#include <string.h>

#include "models.h"

/* check() of an element each of whose refs must have its current as branch 0. */
static inline bal_status bal_check_sensed(const bal_device *dev, bal_diag *diag)
{
    for (int r = 0; r < dev->n_refs; r++) {
        const bal_device *sensed = dev->refs[r];
        if (strchr("VEHLB", sensed->ops->letter) && !sensed->forces_current)
            continue;
        return bal_report(diag, BAL_D_WRONG_REFERENCE, dev->at,
                          "'%s' needs a voltage source whose current it reads; '%s' is a %s: put a "
                          "0 V source in series with it",
                          BAL_SHOW(dev->name), BAL_SHOW(sensed->name), sensed->ops->name);
    }
    return BAL_OK;
}

/* Where m copies of the sensed element are drawn as one, its branch holds the current of all. */
static inline bal_dd bal_per_copy(const bal_device *dev, bal_dd gain)
{
    return bal_dd_div(gain, bal_dd_of(dev->refs[0]->multiplicity));
}

#endif
