/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CABLE_MODEL_H
#define BAL_CABLE_MODEL_H

/*
 * What a type of .model tells the line element: how many conductors its cable has, which sums and
 * differences of their voltages it is written in, and its matrices per metre. models/cables/x.c
 * ends in a `const bal_cable_model bal_model_x` and has one row in cables.def.
 */
#include "cable.h"
#include "device.h"
#include "line.h"

enum { BAL_BASIS_SIZE = BAL_LINE_MAX * (BAL_LINE_MAX + 1) };

/* A cable over a ground as others beside it see it: everything but the loop of e, the last of its
 * modes, with the ground. It has as many modes as conductors beside the ground. */
typedef struct bal_cable_member {
    int modes;     /* 0: it has no shield, or no ground */
    double radius; /* m: of what the outside sees, 0: not known */
    double split;  /* e is a pair of wires with the mode before it between them, and of the charge
                      that the outside gives them the first has this part more than half */
    double complex z[BAL_LINE_SQUARE];
    double complex y[BAL_LINE_SQUARE];
    double complex emf[BAL_LINE_MAX]; /* in 1 T, of the whole cable */
} bal_cable_member;

typedef struct bal_cable_model {
    bal_device_ops row; /* first: dev->model->ops is the address of this */

    /* Conductors of one end in words, for messages: "wire1 wire2 shield [ground]". */
    const char *pins;
    /* Modes for `conductors` terminals of one end (the reference is one of them), or 0: not so
     * many. basis[BAL_BASIS_SIZE]: rows of E, modes * conductors. */
    int (*modes)(const bal_device *model, int conductors, double basis[]);
    /* Z and Y per metre at jw = s, modes * modes. */
    void (*matrices)(const bal_device *model, int modes, double complex s, double complex z[],
                     double complex y[]);
    /* Totals of uniform fields over `length` metres, 1 V/m and 1 T; NULL: no fields. */
    void (*drives)(const bal_device *model, int modes, double complex s, double length,
                   bal_line_drive drives[2]);
    /* Index of a parameter that holds the length if the element gives none, or -1. */
    int length_param;
    /* At jw = s, as a part of a bundle; NULL: it cannot be one. */
    void (*member)(const bal_device *model, double complex s, bal_cable_member *out);
    /* Of a data-sheet cable (sheet.h), else NULL: wires in the shield, and how to fill *cable. */
    int wires;
    bool (*cable)(const bal_device *model, bool over_ground, double complex s, bal_cable *cable);
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
