/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_PHYSICS_BESSEL_H
#define BAL_PHYSICS_BESSEL_H

#include <complex.h>

/* Modified Bessel functions of orders 0 and 1, scaled so that nothing overflows. */
typedef struct bal_bessel {
    double complex i0, i1; /* I(z) exp(-z) */
    double complex k0, k1; /* K(z) exp(z) */
} bal_bessel;

/* For z != 0 with |arg z| <= pi/4 (a wave number times a length); 2e-15 relative. */
bal_bessel bal_bessel_scaled(double complex z);

/* z I0(z) / (2 I1(z)), which is 1 at z = 0: the impedance of a round wire over its resistance. */
double complex bal_bessel_wire(double complex z);

#endif
