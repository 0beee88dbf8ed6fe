/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Skin effect in round wires and in walls. Schelkunoff, BSTJ 13 (1934) 532. */
#include "conductor.h"

#include <math.h>

#include "bessel.h"
#include "cdense.h"

static const double pi = 3.14159265358979323846;

static double complex wave_number(double complex s, double conductivity, double permeability)
{
    return csqrt(s * (BAL_MU0 * permeability * conductivity));
}

double complex bal_wire_round(double complex s, double radius, double conductivity,
                              double permeability)
{
    const double r = 1.0 / (pi * radius * radius * conductivity);
    return r * bal_bessel_wire(radius * wave_number(s, conductivity, permeability));
}

double complex bal_wire_root(double complex s, double r, double w1)
{
    return r * csqrt(1.0 + s / w1);
}

double bal_wire_corner(double r, double permeability)
{
    return 4.0 * pi * r / (BAL_MU0 * permeability);
}

bal_shield_impedance bal_shield_tube(double complex s, double a, double b, double conductivity,
                                     double permeability)
{
    const double complex k = wave_number(s, conductivity, permeability);
    if (cabs(k) * b < 1e-100) {
        const double r = 1.0 / (pi * (b - a) * (b + a) * conductivity);
        return (bal_shield_impedance){r, r, r};
    }
    const bal_bessel in = bal_bessel_scaled(k * a);
    const bal_bessel out = bal_bessel_scaled(k * b);
    const double complex once = cexp(-k * (b - a));
    const double complex twice = bal_cmul(once, once);
    const double complex d = bal_cmul(out.i1, in.k1) - bal_cmul(twice, bal_cmul(in.i1, out.k1));
    const double complex eta = k / conductivity / (2.0 * pi * d);
    const double complex inner = bal_cmul(twice, bal_cmul(in.i0, out.k1)) + bal_cmul(in.k0, out.i1);
    const double complex outer = bal_cmul(out.i0, in.k1) + bal_cmul(twice, bal_cmul(out.k0, in.i1));
    return (bal_shield_impedance){.zaa = bal_cmul(eta, inner) / a,
                                  .zbb = bal_cmul(eta, outer) / b,
                                  .zt = once / (2.0 * pi * conductivity * a * b * d)};
}

/* u coth u and u / sinh u, even entire quotients of q = u^2. */
static void diffusion(double complex q, double complex *coth, double complex *csch)
{
    if (cabs(q) < 1e-3) { /* the series, so that the small reactance keeps its digits */
        const double complex qq = bal_cmul(q, q);
        *coth =
            1.0 + q / 3.0 - qq / 45.0 + bal_cmul(qq, q) * (2.0 / 945.0) - bal_cmul(qq, qq) / 4725.0;
        *csch = 1.0 - q / 6.0 + qq * (7.0 / 360.0) - bal_cmul(qq, q) * (31.0 / 15120.0) +
                bal_cmul(qq, qq) * (127.0 / 604800.0);
        return;
    }
    const double complex u = csqrt(q);
    const double complex once = cexp(-u);
    const double complex rest = 1.0 - bal_cmul(once, once);
    *coth = u * (2.0 - rest) / rest;
    *csch = 2.0 * u * once / rest;
}

static bal_shield_impedance thin(double complex s, const bal_shield *shield)
{
    double complex coth = 1.0;
    double complex csch = 1.0;
    const double scale = BAL_MU0 * shield->permeability * shield->conductivity;
    diffusion(s * (scale * shield->wall * shield->wall), &coth, &csch);
    return (bal_shield_impedance){shield->r * coth, shield->r * coth, shield->r * csch};
}

bal_shield_impedance bal_shield_at(double complex s, const bal_shield *shield)
{
    bal_shield_impedance z = shield->inner > 0.0
                                 ? bal_shield_tube(s, shield->inner, shield->inner + shield->wall,
                                                   shield->conductivity, shield->permeability)
                                 : thin(s, shield);
    z.zt += s * (shield->mt + shield->turn) + shield->root * csqrt(s);
    z.zbb += s * shield->turn;
    return z;
}

double bal_shield_turn(double lay)
{
    return BAL_MU0 * tan(lay) * tan(lay) / (4.0 * pi);
}

double complex bal_dielectric(double complex s, double tan_d, double f0)
{
    if (tan_d == 0.0 || s == 0.0)
        return s;
    if (f0 > 0.0)
        return s * cpow(s / (2.0 * pi * f0), -2.0 * atan(tan_d) / pi);
    return bal_cplx(creal(s) + tan_d * cimag(s), cimag(s) - tan_d * creal(s));
}
