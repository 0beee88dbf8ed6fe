/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_PHYSICS_CONDUCTOR_H
#define BAL_PHYSICS_CONDUCTOR_H

/*
 * Impedances per metre of wires and shields and the loss of their insulation, at s = jw, finite at
 * s = 0. Metres, ohms, siemens per metre (conductivity), relative permeability.
 */
#include <complex.h>

/* The exact values before 2019; measured since then, the same to 6e-10. */
#define BAL_MU0 1.25663706143591729539e-6    /* 4e-7 pi, H/m */
#define BAL_EPSILON0 8.85418781762038985e-12 /* 1 / (mu0 c^2), F/m */
#define BAL_LIGHT 299792458.0                /* m/s */
#define BAL_COPPER 5.8e7                     /* S/m, 20 degrees Celsius */

/* Solid round wire: Bessel functions, exact. */
double complex bal_wire_round(double complex s, double radius, double conductivity,
                              double permeability);

/* r sqrt(1 + s / w1): exact at DC and far above the corner w1 (rad/s), within 7 % between. */
double complex bal_wire_root(double complex s, double r, double w1);
/* The corner of a round wire of resistance r (ohm/m): 4 pi r / mu. */
double bal_wire_corner(double r, double permeability);

/* A shield carries the current of the inner system on its inside and that of the outer system on
 * its outside: E(inside) = -zaa Ic + zt Ie, E(outside) = -zt Ic + zbb Ie. */
typedef struct bal_shield_impedance {
    double complex zaa; /* surface impedance of the inside */
    double complex zbb; /* of the outside */
    double complex zt;  /* transfer impedance */
} bal_shield_impedance;

/* Tube of inner radius a and outer radius b (Schelkunoff 1934). */
bal_shield_impedance bal_shield_tube(double complex s, double a, double b, double conductivity,
                                     double permeability);

/* Any shield: a tube if its inner radius is known, else by its resistance and diffusion through a
 * thin wall (or the strands of a braid); holes and slots as inductance, lay of a helix. */
typedef struct bal_shield {
    double r;            /* ohm/m at DC; not used for a tube */
    double wall;         /* m; diffusion. 0: none */
    double inner;        /* m, inner radius of a tube; 0: thin wall */
    double conductivity; /* S/m */
    double permeability;
    double mt;   /* H/m, holes and slot: in zt only, sign as for zt */
    double root; /* ohm/m s^(1/2): sqrt(s) term of some braid formulas, in zt only */
    double turn; /* H/m: axial flux of a helix, in zt and zbb */
} bal_shield;
bal_shield_impedance bal_shield_at(double complex s, const bal_shield *shield);

/* mu0 tan(lay)^2 / (4 pi) of a served shield, lay angle in radian: bal_shield.turn. */
double bal_shield_turn(double lay);

/* What a capacitance is multiplied with: s (1 - j tan_d), or with f0 > 0 the causal law of constant
 * loss angle that has this capacitance at f0 (hertz): s (s / w0)^(-2 theta / pi). */
double complex bal_dielectric(double complex s, double tan_d, double f0);

#endif
