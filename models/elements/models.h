/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MODELS_H
#define BAL_MODELS_H

/* The table of elements: models.def expanded to declarations. An element's file includes this
 * first. */
#include <math.h>

#include "device.h"

#define BAL_ELEMENT(file) extern const bal_device_ops bal_element_##file;
#include "models.def"
#undef BAL_ELEMENT

/* All elements in the order of models.def; *n receives their number. Static, never NULL. */
const bal_device_ops *const *bal_elements(size_t *n);

/* The types of .model with a table of their own, likewise. */
const bal_device_ops *const *bal_models(size_t *n);

#define BAL_BOUNDLESS ((double)INFINITY)
/* The row vmax= of elements whose voltage has a limit: .hum counts headroom from it. */
#define BAL_VMAX_PARAM                                                                             \
    {                                                                                              \
        "vmax", "V", BAL_P_REAL, BAL_POSITIVE, BAL_BOUNDLESS, 0.0, BAL_BOUNDLESS,                  \
            "largest voltage from a to b, RMS: .hum counts headroom from it"                       \
    }

/* Keys of transient functions: gnucap's PULSE iv=0 pv=1 rise=1n, LTspice's PWL file=x.txt. */
#define BAL_TRANSIENT_KEYS                                                                         \
    "iv pv delay rise fall width period td1 tau1 td2 tau2 offset ampl amplitude freq frequency "   \
    "damping samplefreq zero peak carrier modindex signal file"

/* For the tables of the elements' files. */
#define BAL_COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

#endif
