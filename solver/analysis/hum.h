/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_HUM_H
#define BAL_ANALYSIS_HUM_H

/* .spectrum and .hum: lines of the mains carried from sources to an output, and headroom. */
#include "engine.h"
#include "weighting.h"

enum { BAL_LINES = 100 }; /* harmonics of a spectrum */

/* Moduli of the harmonics, [0] is the fundamental, relative to it. Their phases do not matter:
 * lines of different frequencies add in power, and the sources of one spectrum share them. */
typedef struct bal_spectrum {
    bal_text name;
    double mains; /* hertz */
    double line[BAL_LINES];
} bal_spectrum;

/* NULL when there is none of the name. */
const bal_spectrum *bal_spectrum_find(const bal_study *s, bal_text name);

/* Fills the lines of "sine", "rectifier" or "dimmer"; false for another name. */
bool bal_spectrum_preset(bal_text name, double line[BAL_LINES]);

typedef struct bal_hum_line {
    double hertz, volts; /* RMS at the output */
} bal_hum_line;

/* An element with vmax=. */
typedef struct bal_hum_limit {
    size_t device;
    int param;  /* vmax= */
    int vector; /* from the emf of signal= to the voltage at it */
    const char *name, *note;
    double volts, vmax, room; /* at the nominal level; its limit; dB between them */
} bal_hum_limit;

enum {
    BAL_HUM_DBU,
    BAL_HUM_WEIGHTED,
    BAL_HUM_NOMINAL,
    BAL_HUM_SNR,
    BAL_HUM_SNR_WEIGHTED,
    BAL_HUM_SCALARS
};

typedef struct bal_hum {
    bal_text name;
    bal_span at;
    int response, adjoint;
    const bal_ddc *weight;         /* by source: of from= */
    const bal_spectrum *const *of; /* by source; NULL where it takes no part */
    const ptrdiff_t *device;       /* by source */
    int n_sources;
    const bal_spectrum *const *spectra; /* those in use */
    int n_spectra;
    bool coherent;
    const bal_weighting *weighting;
    bool has_nominal;
    double nominal;        /* V */
    int signal;            /* excitation of signal=; -1 without */
    int gain;              /* vector of it to the output; -1 without */
    bal_hum_limit *limits; /* with signal= */
    size_t n_limits;
    int headroom; /* scalar */
    int scalars[BAL_HUM_SCALARS];
    bal_ddc *amplitude;  /* by source; workspace */
    bal_hum_line *lines; /* ascending; arena, for all lines of all spectra */
    size_t n_lines;
} bal_hum;

extern const bal_duty_ops bal_hum_duty;

/* headroom.c: NAME.headroom of a card with signal=; unbounded where no element has vmax=. */
BAL_NODISCARD bal_status bal_headroom_declare(bal_study *s, bal_hum *x);
BAL_NODISCARD bal_status bal_headroom_set(bal_hum *x, bal_engine *e); /* which is at 1 kHz */
/* A row for each element with vmax=, least headroom first. */
BAL_NODISCARD bal_status bal_headroom_report(bal_hum *x, bal_study *s, bal_sink *table);

#endif
