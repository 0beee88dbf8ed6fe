/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Vance, Coupling to Shielded Cables, 1978; Tyni, EMC Symposium Wroclaw 1976; Kley, IEEE T-EMC 35
 * (1993) 1. Notation as there; Dm is the mean diameter.
 */
#include "braid.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/* Complete elliptic integrals of modulus e < 1 by the arithmetic-geometric mean. */
static void elliptic(double e, double *k, double *big_e)
{
    double a = 1.0;
    double b = sqrt((1.0 - e) * (1.0 + e));
    double c = e;
    double sum = 0.5 * c * c;
    for (double power = 1.0; fabs(c) > 1e-17 && power < 4096.0; power *= 2.0) {
        const double mean = 0.5 * (a + b);
        c = 0.5 * (a - b);
        b = sqrt(a * b);
        a = mean;
        sum += power * c * c;
    }
    *k = pi / (2.0 * a);
    *big_e = *k * (1.0 - sum);
}

/* The shape of the holes: 4/pi at 45 degrees, where both forms are 0/0. */
static double hole_shape(double angle)
{
    const double t = tan(angle);
    const double squared = t < 1.0 ? 1.0 - t * t : 1.0 - 1.0 / (t * t);
    double k = 0.0;
    double big_e = 0.0;
    if (squared < 1e-6)
        return 4.0 / pi;
    elliptic(sqrt(squared), &k, &big_e);
    if (t < 1.0)
        return squared / (big_e - (1.0 - squared) * k);
    return squared / sqrt(1.0 - squared) / (k - big_e);
}

static double vance(const bal_braid *b, const bal_braid_figures *g)
{
    return pi * BAL_MU0 / (6.0 * b->carriers) * pow(1.0 - g->coverage, 1.5) * hole_shape(g->angle);
}

static double tyni(const bal_braid *b, const bal_braid_figures *g, double dm)
{
    const double d = b->strand;
    const double cosine = cos(g->angle);
    const double gap = 2.0 * pi * dm * cosine / b->carriers - b->ends * d;
    const double rise = 2.0 * d * d / (gap + d);
    const double part = gap / (pi * dm);
    const double holes =
        2.0 * BAL_MU0 * b->carriers / (pi * cosine) * part * part * exp(-pi * d / gap - 2.0);
    const double t = tan(g->angle);
    return holes - BAL_MU0 * rise / (4.0 * pi * dm) * (1.0 - t * t);
}

static void kley(const bal_braid *b, const bal_braid_figures *g, double dm, bal_shield *shield)
{
    const double d = b->strand;
    const double cosine = cos(g->angle);
    const double g0 = b->carriers * b->ends * d / (2.0 * pi * dm);
    const double fill = g0 / cosine;
    const double cover = fill * (2.0 - fill);
    const double depth = cbrt(cover * cover * d / dm);
    const double k1 = pi / 4.0 / (2.0 * g0 / 3.0 + pi / 10.0);
    const double k2 = pi / 4.0 / (2.0 * g0 / 3.0 + 3.0 / 8.0);
    const double ml = 0.875 * pi / 6.0 * BAL_MU0 / b->carriers * (2.0 - cosine) *
                      pow(1.0 - fill, 3.0) * exp(-9.6 * fill * depth);
    const double mg = -0.11 * BAL_MU0 / (b->ends * b->carriers) * cos(2.0 * k1 * g->angle);
    const double bracket = 10.0 * pi * g0 * g0 * cosine * (1.0 - fill) * exp(-12.0 * fill * depth) -
                           3.3 / (2.0 * pi * g0) * cos(2.0 * k2 * g->angle);
    shield->wall = 0.67 * d / sqrt(cosine);
    shield->mt = ml + mg;
    /* (1 + j) w LS with w LS = bracket / (pi sigma delta Dm): a multiple of sqrt(s). */
    shield->root = bracket * sqrt(BAL_MU0 / b->conductivity) / (pi * dm);
}

bool bal_braid_shield(const bal_braid *braid, bal_braid_law law, bal_shield *shield,
                      bal_braid_figures *figures)
{
    const double d = braid->strand;
    const double dm = braid->diameter + (law == BAL_BRAID_KLEY ? 2.5 : 2.0) * d;
    const double n = braid->carriers * braid->ends;
    bal_braid_figures g = {.angle = atan(2.0 * pi * dm * braid->picks / braid->carriers)};
    const double cosine = cos(g.angle);
    g.fill = n * d / (2.0 * pi * dm * cosine);
    g.coverage = g.fill * (2.0 - g.fill);
    *figures = g;
    if (!(g.fill > 0.0 && g.fill < 1.0))
        return false;
    *shield = (bal_shield){.r = 4.0 / (pi * d * d * n * braid->conductivity * cosine),
                           .wall = d,
                           .conductivity = braid->conductivity,
                           .permeability = 1.0};
    if (law == BAL_BRAID_VANCE)
        shield->mt = vance(braid, &g);
    else if (law == BAL_BRAID_TYNI)
        shield->mt = tyni(braid, &g, dm);
    else
        kley(braid, &g, dm, shield);
    return true;
}
