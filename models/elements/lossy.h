/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MODELS_LOSSY_H
#define BAL_MODELS_LOSSY_H

/*
 * What the elements that are one line of two wires share (O, Y, U): the two rows of
 * physics/line.h for one conductor, from resistance, inductance, conductance and capacitance of the
 * whole length. Branch 0 is the current into the first end, branch 1 the one into the second.
 */
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

#endif
