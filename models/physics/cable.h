/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_PHYSICS_CABLE_H
#define BAL_PHYSICS_CABLE_H

/*
 * Coax, shielded pair and star quad as matrices per metre in variables of their own: each wire
 * against its shield, the shield (e) against the ground, a pair as difference d and mean c. So what
 * turns common mode into signal (imbalances, transfer impedance) is an entry of its own and keeps
 * its digits however small it is (cables.md 1.1, 1.2).
 *
 *   0 wires              e     a wire without a shield over a ground, as the shield of nothing
 *   1 wire    i         [e]
 *   2 wires   d, c      [e]
 *   4 wires   d, a, b, c [e]     1 and 3 are one leg, 2 and 4 the other
 */
#include "conductor.h"
#include "line.h"

typedef struct bal_cable {
    int wires; /* 0, 1, 2, 4: those in the shield, and as many modes */
    bool over_ground;

    double r;      /* ohm/m of one wire at DC */
    double r_unb;  /* (r1 - r2) / (r1 + r2) of the legs */
    double w1;     /* rad/s: corner of the square root law */
    double radius; /* m; > 0: a solid round wire of conductivity sigma instead */
    double sigma;  /* S/m */
    double crowd;  /* what the nearness of wires makes of their resistance far above w1; 0: 1 */
    double lay_up; /* length of a wire over that of the cable; 0: 1 */

    double l_d, l_a, l_c; /* H/m: of the modes, without what is inside the conductors */
    double l_eddy;        /* H/m: part of l_d that eddy currents in the shield take away, */
    double tau;           /* s: above 1 / (2 pi tau) */
    double scin;          /* H/m: shield current to difference mode */

    double c_d, c_a, c_c, c_dc; /* F/m: of the modes; c_dc couples d and c */
    double c_t;                 /* F/m: from inside to outside through the shield */
    double tan_d, f_d;          /* of the insulation, see bal_dielectric */
    double leak;                /* 1/s: conductance over capacitance of the insulation */

    bal_shield shield;
    bool zt_given; /* zt is measured: instead of that of the shield */
    double complex zt;

    double l_e, c_e, g_e; /* shield to ground, per metre */
    double r_e;           /* ohm/m of the ground itself */
    double tan_e;

    double height;  /* m above ground, for fields */
    double outside; /* m: radius of what the outside sees of it, 0: not known */
    double a_res;   /* m^2: what the twist leaves of the loop of a pair, whole cable */
} bal_cable;

/* z and y, n * n each, at s = jw; returns n, the number of modes. */
int bal_cable_matrices(const bal_cable *cable, double complex s, double complex z[],
                       double complex y[]);

/* What uniform fields do to `length` metres: drives[0] for 1 V/m across the height, drives[1] for
 * 1 T through the loop of shield and ground. */
void bal_cable_drives(const bal_cable *cable, double complex s, double length,
                      bal_line_drive drives[2]);

/* rows of E, modes * (modes + 1) (the reference last): mode voltages from those of the conductors.
 * Returns the modes. */
int bal_cable_basis(int wires, bool over_ground, double rows[]);

#endif
