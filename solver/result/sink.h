/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_RESULT_SINK_H
#define BAL_RESULT_SINK_H

/*
 * Results are axes x vectors and stream point by point: steps outermost, frequency last. A sink is
 * one reader of that stream (a file format, a table, a caller of the library).
 */
#include <complex.h>
#include <stdbool.h>
#include <stddef.h>

#include "status.h"

typedef struct bal_vector {
    const char *name; /* "frequency", "v(out)", "i(v1)", "rx.cmrr" */
    const char *unit; /* "Hz", "V", "A", "dB", "deg", "ohm", "" for a ratio */
    bool is_real;     /* the imaginary part is 0 by nature (frequency, dB, a bound) */
    bool is_bound_of; /* this vector bounds the error of the one before it, see below */
} bal_vector;

/*
 * A bound b is in dB. Finite, b >= 0: rounding can have moved the modulus of the vector before it
 * (or a real vector in dB itself) by at most b. b = +infinity: the denominator is within its own
 * error of zero and the value given is a lower limit of the modulus; b = -infinity: the numerator
 * is, and the value is an upper limit.
 */

typedef struct bal_step_axis {
    const char *name; /* of the stepped parameter */
    size_t n;         /* values */
} bal_step_axis;

typedef struct bal_stream {
    const char *title;         /* of the deck */
    const bal_vector *vectors; /* [0] is the frequency */
    size_t n_vectors;
    const bal_step_axis *steps; /* outermost first; none when n_steps = 0 */
    size_t n_steps;
    size_t n_runs;             /* product of the steps' n, 1 without steps */
    size_t n_frequencies;      /* points per run */
    bool log_frequency;        /* dec or oct grid */
    const char *const *labels; /* names of the points of a table that has no frequencies (they are
                                  then 0): n_frequencies ones; NULL for any other stream */
    const char *label_title;
} bal_stream;

typedef struct bal_sink bal_sink;
struct bal_sink {
    /* Any returned status but BAL_OK stops the run and is its result. *stream lives until end.
     * Streams may follow each other. */
    bal_status (*begin)(bal_sink *sink, const bal_stream *stream);
    /* Start of run `run` with the value of each step axis; called once where there is no step. */
    bal_status (*run)(bal_sink *sink, size_t run, const double step_values[]);
    bal_status (*point)(bal_sink *sink, const double complex values[]); /* n_vectors */
    bal_status (*end)(bal_sink *sink); /* after the last point of a complete stream only */
    void (*destroy)(bal_sink *sink);
};

#endif
