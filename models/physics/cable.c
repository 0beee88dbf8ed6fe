/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modes of symmetrical cables: sums and differences are taken of the parameters here, on paper, and
 * never of large numbers at run time. */
#include "cable.h"

#include <string.h>

/* Currents that crowd together do to a wire what a higher frequency does: causal, and exact at DC.
 * Against fields in a pair 4 radii apart (cables.md 1.6) within 1.7 % by the square root law,
 * within 6 % as a solid wire. */
static double complex wire_impedance(const bal_cable *c, double complex s)
{
    const double complex crowded = c->crowd > 0.0 ? s * (c->crowd * c->crowd) : s;
    const double complex z = c->radius > 0.0 ? bal_wire_round(crowded, c->radius, c->sigma, 1.0)
                                             : bal_wire_root(crowded, c->r, c->w1);
    return c->lay_up > 0.0 ? z * c->lay_up : z;
}

static void put(int n, double complex a[], int i, int j, double complex value)
{
    a[i * n + j] = value;
    a[j * n + i] = value;
}

/* Wires against their shield: wires in series in d, the two of a leg parallel in a quad. */
static void fill_inside(const bal_cable *c, double complex s, int n, double complex z[],
                        double complex y[])
{
    const int mean = c->wires - 1;
    const double legs = c->wires == 2 ? 2.0 : 1.0;
    const double complex wire = wire_impedance(c, s);
    const double complex eddy = s * c->l_eddy * (1.0 / (1.0 + s * c->tau) - 1.0);
    const double complex filled = bal_dielectric(s, c->tan_d, c->f_d) + c->leak;
    put(n, y, mean, mean, filled * c->c_c);
    put(n, z, mean, mean, wire / c->wires + s * c->l_c);
    if (c->wires == 1)
        return;
    put(n, z, 0, 0, legs * wire + s * c->l_d + eddy);
    put(n, z, 0, mean, wire * (c->r_unb * legs / 2.0));
    put(n, y, 0, 0, filled * c->c_d);
    put(n, y, 0, mean, filled * c->c_dc);
    for (int k = 1; c->wires == 4 && k < 3; k++) { /* within the first leg, within the second */
        const double leg = k == 1 ? 1.0 : -1.0;
        put(n, z, k, k, 2.0 * (1.0 + leg * c->r_unb) * wire + s * c->l_a);
        put(n, y, k, k, filled * (c->c_a + leg * c->c_dc / 4.0));
    }
}

/* The shield: the return of the wires, and their way to the outside. */
static void fill_shield(const bal_cable *c, double complex s, int n, double complex z[],
                        double complex y[])
{
    const int mean = c->wires - 1;
    const int e = c->wires;
    const bal_shield_impedance shield = bal_shield_at(s, &c->shield);
    const double complex through = s * c->c_t;
    z[mean * (n + 1)] += shield.zaa;
    if (!c->over_ground)
        return;
    z[e * (n + 1)] += shield.zbb;
    put(n, z, mean, e, -(c->zt_given ? c->zt : shield.zt));
    if (c->wires > 1)
        put(n, z, 0, e, -s * c->scin);
    y[mean * (n + 1)] += through;
    y[e * (n + 1)] += through;
    put(n, y, mean, e, through);
}

int bal_cable_matrices(const bal_cable *c, double complex s, double complex z[], double complex y[])
{
    const int e = c->wires;
    const int n = c->wires + (c->over_ground ? 1 : 0);
    memset(z, 0, (size_t)(n * n) * sizeof *z);
    memset(y, 0, (size_t)(n * n) * sizeof *y);
    if (c->over_ground) {
        z[e * (n + 1)] = s * c->l_e + c->r_e;
        y[e * (n + 1)] = bal_dielectric(s, c->tan_e, c->f_d) * c->c_e + c->g_e;
    }
    if (c->wires > 0) {
        fill_inside(c, s, n, z, y);
        fill_shield(c, s, n, z, y);
    } else
        z[0] += wire_impedance(c, s);
    return n;
}

void bal_cable_drives(const bal_cable *c, double complex s, double length, bal_line_drive drives[2])
{
    const int e = c->wires;
    memset(drives, 0, 2 * sizeof *drives);
    if (c->wires > 1)
        drives[1].v[0] = s * c->a_res / (1.0 + s * c->tau);
    if (c->over_ground) {
        drives[0].i[e] = s * (c->c_e * c->height * length);
        drives[1].v[e] = s * (c->height * length);
    }
}

int bal_cable_basis(int wires, bool over_ground, double rows[])
{
    static const double coax[] = {1, -1};
    static const double pair[] = {1, -1, 0, /**/ 0.5, 0.5, -1};
    static const double quad[] = {0.5, -0.5, 0.5, -0.5, 0, /**/ 1,    0,    -1,   0,    0,
                                  0,   1,    0,   -1,   0, /**/ 0.25, 0.25, 0.25, 0.25, -1};
    const double *inside = wires == 1 ? coax : wires == 2 ? pair : quad;
    const int modes = wires + (over_ground ? 1 : 0);
    for (int i = 0; i < modes; i++)
        for (int j = 0; j <= modes; j++)
            rows[i * (modes + 1) + j] = i == wires   ? (double)(j == wires) - (j > wires)
                                        : j <= wires ? inside[i * (wires + 1) + j]
                                                     : 0.0;
    return modes;
}
