/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_MEASURE_H
#define BAL_ANALYSIS_MEASURE_H

/*
 * .meas ac as it stands on the card, before it becomes an expression. The grammar is the union of
 * ngspice, LTspice, HSPICE and Xyce. Where they disagree:
 *
 *   find        gives the quantity as it is written, complex if it is complex; everywhere else a
 *               complex quantity stands for its magnitude, with a warning (ngspice takes the real
 *               part, LTspice the magnitude)
 *   at= when    solved at that very frequency, inside of the sweep or not; nothing is interpolated
 *   min max     the best of the grid, of its re-solved local extrema and of the ends of the window
 *   avg rms integ   by the trapezoidal rule in the frequency, over the grid points in the window
 *               and its re-solved ends (ngspice's avg runs on to the next point of the grid)
 *   pp          max - min, both as above
 *   from= to=   beyond the sweep they stand for its ends; trig and targ of LTspice's windowed
 *               functions are crossings or at=
 *   deriv       by the frequency, per hertz
 *   trig targ   frequency of targ minus that of trig
 *   err err1    root of the mean square over the points of (x - y)/max(minval, |x|); err2: mean of
 *               its modulus
 *   rise= fall= cross=  n, last, or -n from the end; the first crossing unless given
 *   default_val=  stands for the value of a failed measure in later expressions; it still failed
 */
#include "study.h"

typedef enum bal_measure_kind {
    BAL_MEASURE_FIND,
    BAL_MEASURE_WHEN,
    BAL_MEASURE_DERIV,
    BAL_MEASURE_DISTANCE, /* trig ... targ */
    BAL_MEASURE_PARAM,
    BAL_MEASURE_AVG,
    BAL_MEASURE_MIN,
    BAL_MEASURE_MAX,
    BAL_MEASURE_PP,
    BAL_MEASURE_RMS,
    BAL_MEASURE_INTEG,
    BAL_MEASURE_MIN_AT,
    BAL_MEASURE_MAX_AT,
    BAL_MEASURE_ERR,
    BAL_MEASURE_ERR2
} bal_measure_kind;

/* A frequency: given, or where x crosses level. Spans without a source are absent. */
typedef struct bal_measure_event {
    bal_span word; /* when, trig or targ */
    bal_span at;
    bal_span x, level;
    bal_span td;
    double n;    /* -1: the last */
    double edge; /* 1 rise, -1 fall, 0 both */
    bool has_edge;
} bal_measure_event;

typedef struct bal_measure_card {
    bal_span name;
    const char *label; /* the name in lower case */
    bal_measure_kind kind;
    bal_span x, y; /* y: of err */
    bal_span at, from, to;
    bal_span minval, fallback; /* default_val= */
    bal_measure_event when, trig, targ;
} bal_measure_card;

/* Reads the card. *other: it belongs to another analysis and is left alone. */
BAL_NODISCARD bal_status bal_measure_read(bal_study *s, const bal_card *card, bal_measure_card *m,
                                          bool *other);

/* The expression that gives its value, and the unit of it. */
BAL_NODISCARD bal_status bal_measure_build(bal_study *s, const bal_measure_card *m,
                                           const bal_expr **expr, const char **unit);

#endif
