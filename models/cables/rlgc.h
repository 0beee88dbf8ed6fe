/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CABLE_RLGC_H
#define BAL_CABLE_RLGC_H

/* Matrices per metre given entry by entry, as a triangle by rows. */
#include "cable_model.h"

typedef struct bal_rlgc {
    int r, l, g, c; /* parameter indices of lists */
    int rs, gd;     /* ohm/m per root hertz, S/m per hertz; -1: none */
    bool lower;     /* the lower triangle: 11 21 22 31 ...; else the upper: 11 12 ... 22 ... */
} bal_rlgc;

/* n from the longest list, 0 if it is no triangle of 1 to BAL_LINE_MAX. */
int bal_rlgc_size(const bal_device *model, const bal_rlgc *f);

void bal_rlgc_matrices(const bal_device *model, const bal_rlgc *f, int n, double complex s,
                       double complex z[], double complex y[]);

/* Lengths of the lists, then bal_cable_check with n + 1 conductors. Reports. */
BAL_NODISCARD bal_status bal_rlgc_check(const bal_device *model, const bal_rlgc *f, int n,
                                        bal_diag *diag);

/* Rows of E for n conductors against the last one: the identity and -1. */
void bal_rlgc_basis(int n, double basis[]);

#endif
