/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_FORMATS_RAW_H
#define BAL_FORMATS_RAW_H

/*
 * SPICE3 raw files as ngspice writes them: a text header, then all points as complex doubles, the
 * first variable being the frequency with an imaginary part of 0 (ngspice leaves garbage there).
 * Several plots may follow each other. No clock: two runs give the same bytes.
 */
#include <complex.h>
#include <stdbool.h>

#include "bytes.h"

typedef struct bal_raw_variable {
    const char *name; /* written in lower case */
    const char *unit; /* "Hz", "V", "A", ... decides the type */
    bool is_real;
} bal_raw_variable;

typedef struct bal_raw_plot {
    const char *title;
    const bal_raw_variable *variables; /* [0] is the frequency */
    size_t n_variables;
    size_t n_points;
    bool log_frequency; /* tells a plotter to take a logarithmic axis */
    bool ascii;         /* "Values:" instead of "Binary:" */
} bal_raw_plot;

void bal_raw_header(bal_bytes *bytes, const bal_raw_plot *plot);

/* Point `index` (from 0) of the plot, values[n_variables]. */
void bal_raw_point(bal_bytes *bytes, const bal_raw_plot *plot, size_t index,
                   const double complex values[]);

#endif
