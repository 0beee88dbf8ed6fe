/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_PHYSICS_IMAGES_H
#define BAL_PHYSICS_IMAGES_H

/*
 * Parallel conductors over a plane, or in a shield, by images. Inductances of their loops with the
 * plane or shield are mu0 / 2 pi times p, capacitances 2 pi epsilon times the inverse of p:
 *
 *   plane, distances D to the other and D' to its image, height h, radius r
 *     p_ii = acosh(h / r),                      p_ij = ln(D' / D)
 *   shield of inner radius R, at a from its axis (Paul, Multiconductor Transmission Lines)
 *     p_ii = acosh((R^2 + r^2 - a^2) / 2 R r),  p_ij = ln(sqrt(a_i^2 a_j^2 + R^4 - 2 R^2 a_i.a_j) /
 *                                                         (R D))
 *
 * p_ii is exact for one alone; p_ij takes each current to be in the middle of its conductor. That
 * is exact for inductances at low frequencies, and else for wide spacing: 4, 6 and 10 radii between
 * the middles of two alike leave 6, 2 and 0.6 % in the capacitances, 2, 0.7 and 0.3 % in
 * inductances (tests/golden/bundle.py).
 */
#include "cdense.h"

typedef struct bal_rod {
    double x, y;   /* m, from a point of the plane, y upwards, or from the axis of the shield */
    double radius; /* m */
} bal_rod;

/* p of two, or of one with itself (a == b). shield: its inner radius, 0: over the plane y = 0. */
double bal_images(double shield, const bal_rod *a, const bal_rod *b);

/* Capacitances c[n * n] in F/m of the n places. er: relative permittivity. False: the formulas give
 * none. */
bool bal_images_capacitances(int n, const bal_rod at[], double shield, double er, double c[]);

/* What a ground of finite conductivity (S/m; 0: infinite) adds to the impedance per metre between
 * conductors that are `across` apart and whose heights sum up to `up`: its images lie deeper, by
 * the complex depth 1 / sqrt(s mu0 sigma) (Deri 1981; within 4 % of Carson's integral). */
double complex bal_images_soil(double complex s, double sigma, double across, double up);

#endif
