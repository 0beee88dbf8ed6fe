/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_DEVICE_STAMPER_H
#define BAL_DEVICE_STAMPER_H

#include <stddef.h>

#include "device.h"
#include "expr.h"

/*
 * Records what a device stamps as contributions with the row and column numbers of the system.
 * Three modes: everything (stamp), the frequency-dependent blocks (stamp_at), the row of a current
 * (current).
 */
typedef enum bal_contribution_kind {
    BAL_IN_G,
    BAL_IN_C,
    BAL_IN_BLOCK, /* a place; its values come from stamp_at, in the order of the places */
    BAL_IN_SOURCE /* col is the number of the source */
} bal_contribution_kind;

typedef struct bal_contribution {
    int row; /* unknown numbers; -1 is ground, which only blocks keep */
    int col;
    bal_dd value;
    bal_contribution_kind kind;
} bal_contribution;

/* Where the local indices of a device lie in the system; all borrowed. */
typedef struct bal_stamp_place {
    const int *unknown_of_node; /* by circuit node; -1: ground or tied to it */
    int first_branch;           /* unknown number of branch 0 */
    int n_branches;
    const int *ref_first; /* the same of refs[r] */
    const int *ref_count;
} bal_stamp_place;

typedef enum bal_stamp_mode { BAL_STAMP_ALL, BAL_STAMP_AT, BAL_STAMP_CURRENT } bal_stamp_mode;

/* Starts as {0}; list keeps its memory from device to device. Not thread-safe per object. */
struct bal_stamper {
    const bal_device *device;
    bal_stamp_place place;
    bal_stamp_mode mode;
    bal_status status; /* sticky within one call */

    bal_contribution *list; /* of the last call in modes ALL and CURRENT (rows -1) */
    size_t n;
    size_t capacity;

    bal_ddc *blocks; /* mode AT: where the values go */
    size_t n_blocks; /* places reserved there */
    size_t next_block;
    bal_dd frequency; /* hertz */
    bal_dd omega;     /* rad/s */
    double temperature;
    bal_fault fault; /* of the last expression that failed */
};

/* Runs ops->stamp, into st->list. BAL_E_NOMEM; BAL_E_NUMERIC: a value is not finite; BAL_E_USAGE:
 * the model uses an index that it does not have. */
BAL_NODISCARD bal_status bal_stamper_run(bal_stamper *st, const bal_device *device,
                                         const bal_stamp_place *place);

/* Runs ops->stamp_at for st->frequency, omega and temperature, into st->blocks with its
 * st->n_blocks places, all set by the caller. Values that the model does not give are 0. Errors as
 * above and those of an expression. */
BAL_NODISCARD bal_status bal_stamper_run_at(bal_stamper *st, const bal_device *device,
                                            const bal_stamp_place *place);

/* Runs ops->current, into st->list. BAL_E_USAGE also when the current has a frequency-dependent
 * part. */
BAL_NODISCARD bal_status bal_stamper_run_current(bal_stamper *st, const bal_device *device,
                                                 const bal_stamp_place *place);

/* Unknown number of a local index, -1 for ground; wrong ones set st->status. */
int bal_stamper_unknown(bal_stamper *st, int local);

void bal_stamper_release(bal_stamper *st);

#endif
