/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_PHYSICS_LINE_H
#define BAL_PHYSICS_LINE_H

/*
 * The two-port of n coupled lines of any length, -dV/dx = Z I, -dI/dx = Y V, from Zd = Z l and
 * Yd = Y l, both symmetric, currents into the line. Two forms, by the electrical length:
 *
 * short (doublings = 0):  I1 + I2 - Yp (V1 + V2) + ie = 0      Yp = Yd T / 2
 *                         V1 - V2 - Zo (I1 - I2) + vo = 0      Zo = T Zd / 2
 * long:                   b1 = r a1 + t a2 + s1,  b2 = t a1 + r a2 + s2,
 *                         a = (V + zr I) / (2 q), b = (V - zr I) / (2 q), q = sqrt(zr)
 *
 * with T = tanhc(sqrt(Zd Yd) / 2), an entire function's quotient: no eigenvalues, no root. Zs =
 * sinhc(sqrt(Zd Yd)) Zd of the pi form (V1 - V2 = Zs J) comes along. Finite at f = 0 and R = 0; no
 * shunt part is ever added to a series part, so both keep all their digits (cables.md 3).
 */
#include "cdense.h"

enum { BAL_LINE_MAX = 8, BAL_LINE_SQUARE = 64, BAL_LINE_DRIVES = 2 };

/* A uniform excitation along the whole line, totals per unit of what drives it: series EMF v[n] in
 * the direction of the current (volts), current into the line i[n] (amperes). */
typedef struct bal_line_drive {
    double complex v[BAL_LINE_MAX];
    double complex i[BAL_LINE_MAX];
} bal_line_drive;

/* What a drive adds to the rows above: short {ie, vo}, long {s1, s2}. */
typedef struct bal_line_source {
    double complex first[BAL_LINE_MAX];
    double complex second[BAL_LINE_MAX];
} bal_line_source;

typedef struct bal_line {
    int n;
    int doublings;                      /* 0: short */
    double complex zs[BAL_LINE_SQUARE]; /* short */
    double complex yp[BAL_LINE_SQUARE]; /* short */
    double complex zo[BAL_LINE_SQUARE]; /* short */
    double complex r[BAL_LINE_SQUARE];  /* long */
    double complex t[BAL_LINE_SQUARE];  /* long */
    double zr[BAL_LINE_MAX];            /* long: reference resistances, ohm */
    double q[BAL_LINE_MAX];             /* long */
    double size;                        /* long: sqrt |Zd Yd|, at most twice that; at least 1 */
    double coupling; /* long: largest entry of Zd, Yd beside the diagonal over the
                        largest on it, in the units of the waves */
    int n_drives;
    bal_line_source source[BAL_LINE_DRIVES];
} bal_line;

/* n <= BAL_LINE_MAX; n_drives <= BAL_LINE_DRIVES, drives may be NULL with 0. False when the values
 * are not finite or make a singular system, which no passive line does. */
bool bal_line_compute(int n, const double complex zd[], const double complex yd[], int n_drives,
                      const bal_line_drive drives[], bal_line *line);

/* The wave form of a short line too: r, t, zr, q are filled. False as above. */
bool bal_line_waves(const double complex zd[], const double complex yd[], bal_line *line);

/*
 * Thermal noise as the correlation <x x^H> in c[2n * 2n] of what stands in the 2n rows above, per
 * hertz, kt = Boltzmann's constant times temperature (joule): short, of (ie, vo); long, of 2 q s.
 * The same as currents into the ends with 4 kT Re(Y), written so that it stays finite and positive.
 */
void bal_line_noise(const bal_line *line, double kt, double complex c[]);

/* What a solution has at the ends: voltages and currents of the modes, and of the drives. */
typedef struct bal_line_state {
    double complex v[2][BAL_LINE_MAX];
    double complex i[2][BAL_LINE_MAX];
    double complex drive[BAL_LINE_DRIVES];
} bal_line_state;

/* What rounding in zd, yd and the entries above may have moved an output by, to first order;
 * gain[2n] leads from the 2n rows to it (moduli). An entry counts as wrong by BAL_LINE_ROUNDING of
 * itself where the line is short; where it is long, by that of the length, and so does what couples
 * two modes, only as far as they are coupled: no conversion appears from nothing. */
#define BAL_LINE_ROUNDING 0x1p-43 /* tubes and wires from geometry, at worst; the rest 0x1p-49 */
double bal_line_doubt(const bal_line *line, const bal_line_state *at, const double gain[]);

#endif
