/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MODELS_LOSSY_H
#define BAL_MODELS_LOSSY_H

/*
 * What the elements that are one line of two wires share (O, Y, U): the two rows of
 * physics/line.h for one conductor, from resistance, inductance, conductance and capacitance of the
 * whole length. Branch 0 is the current into the first end, branch 1 the one into the second.
 */
#include <float.h>

#include "models.h"

typedef struct bal_lossy {
    double r;    /* ohm */
    double l;    /* H */
    double g;    /* S */
    double c;    /* F */
    int high[2]; /* terminals of the ends */
    int low[2];
} bal_lossy;

void bal_lossy_ties(const bal_device *dev, const bal_lossy *line, bal_ties *ties);
void bal_lossy_stamp(const bal_device *dev, const bal_lossy *line, bal_stamper *st);
void bal_lossy_stamp_at(const bal_lossy *line, bal_stamper *st);
void bal_lossy_current(const bal_device *dev, bal_stamper *st);
void bal_lossy_noise(const bal_device *dev, const bal_lossy *line, bal_noise *out);
void bal_lossy_doubt(const bal_lossy *line, bal_doubt *d);

/* O and Y: the same parameters per length, from a .model of one type or the other. */
enum {
    BAL_LOSSY_MODEL,
    BAL_LOSSY_R,
    BAL_LOSSY_L,
    BAL_LOSSY_G,
    BAL_LOSSY_C,
    BAL_LOSSY_LEN,
    BAL_LOSSY_M
};

#define BAL_LOSSY_PARAMS(type)                                                                     \
    [BAL_LOSSY_MODEL] = {"model",      "",                                                         \
                         BAL_P_MODEL,  BAL_POSITIONAL,                                             \
                         BAL_REQUIRED, 0.0,                                                        \
                         0.0,          "a .model of type " type ", which gives the others"},       \
    [BAL_LOSSY_R] = {"r", "ohm/m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "resistance per length"},     \
    [BAL_LOSSY_L] = {"l", "H/m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "inductance per length"},       \
    [BAL_LOSSY_G] = {"g", "S/m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "conductance per length"},      \
    [BAL_LOSSY_C] = {"c", "F/m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "capacitance per length"},      \
    [BAL_LOSSY_LEN] = {"len", "m", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX, "length"},                    \
    [BAL_LOSSY_M] = {                                                                              \
        "m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"}

/* key: how the model writes the length, for the message. */
bal_status bal_uniform_check(const bal_device *dev, const char *key, bal_diag *diag);
void bal_uniform_ties(const bal_device *dev, bal_ties *ties);
void bal_uniform_stamp(const bal_device *dev, bal_stamper *st);
void bal_uniform_stamp_at(const bal_device *dev, bal_stamper *st);
void bal_uniform_noise(const bal_device *dev, bal_noise *out);
void bal_uniform_doubt(const bal_device *dev, bal_doubt *d);

#endif
