/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_FORMATS_TOUCHSTONE_STATE_H
#define BAL_FORMATS_TOUCHSTONE_STATE_H

/* A Touchstone file being read: what its option line and keywords have said so far. */
#include "fields.h"
#include "touchstone.h"

typedef struct bal_touchstone_state {
    bal_fields fields;
    bal_arena *arena;
    bal_network *network;
    double unit; /* hertz */
    char format; /* 'r' real and imaginary, 'm' magnitude and degrees, 'd' decibel */
    char matrix; /* 'f' full, 'l' lower, 'u' upper triangle */
    bool version_2;
    bool transposed;  /* a two-port comes as 11 21 12 22 */
    bool has_options; /* the option line was read; a second one is ignored */
    bool in_data;
    bool over;          /* noise data or [End] */
    double reference;   /* of the option line, ohm */
    double *references; /* by port, of [Reference] */
    double *numbers;    /* frequency, then pairs, of the point being read */
    int n, wanted;
    double *hertz; /* grown */
    double complex *values;
    size_t points, hertz_capacity, values_capacity;
} bal_touchstone_state;

/* "# GHz S MA R 50" and "[Keyword] arguments". Report. */
BAL_NODISCARD bal_status bal_touchstone_options(bal_touchstone_state *t);
BAL_NODISCARD bal_status bal_touchstone_keyword(bal_touchstone_state *t);

#endif
