/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CABLE_MODEL_H
#define BAL_CABLE_MODEL_H

/*
 * What a type of .model tells the line element: how many conductors its cable has, which sums and
 * differences of their voltages it is written in, and its matrices per metre. models/cables/x.c
 * ends in a `const bal_cable_model bal_model_x` and has one row in cables.def.
 */
#include "device.h"
#include "line.h"

typedef struct bal_cable_model {
    bal_device_ops row; /* first: dev->model->ops is the address of this */

    /* Conductors of one end in words, for messages: "wire1 wire2 shield [ground]". */
    const char *pins;
    /* Modes for `conductors` terminals of one end (the reference is one of them), or 0: not so
     * many. *basis: rows of E, modes * conductors. */
    int (*modes)(const bal_device *model, int conductors, const double **basis);
    /* Z and Y per metre at jw = s, modes * modes. */
    void (*matrices)(const bal_device *model, int modes, double complex s, double complex z[],
                     double complex y[]);
    /* Totals of uniform fields over `length` metres, 1 V/m and 1 T; NULL: no fields. */
    void (*drives)(const bal_device *model, int modes, double complex s, double length,
                   bal_line_drive drives[2]);
    /* Index of a parameter that holds the length if the element gives none, or -1. */
    int length_param;
} bal_cable_model;

static inline const bal_cable_model *bal_cable_model_of(const bal_device *model)
{
    return (const bal_cable_model *)(const void *)model->ops;
}

#define BAL_MODEL(file) extern const bal_cable_model bal_model_##file;
#include "cables.def"
#undef BAL_MODEL

/* All rows of cables.def; *n receives their number. Static, never NULL. */
const bal_device_ops *const *bal_cable_models(size_t *n);

#define BAL_ROWS(array) ((int)(sizeof(array) / sizeof((array)[0])))

#endif
