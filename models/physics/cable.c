/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modes of symmetrical cables: sums and differences are taken of the parameters here, on paper, and
 * never of large numbers at run time. */
#include "cable.h"

#include <string.h>

static double complex wire_impedance(const bal_cable *c, double complex s)
{
    if (c->radius > 0.0)
        return bal_wire_round(s, c->radius, c->sigma, 1.0);
    return bal_wire_root(s, c->r, c->w1);
}

static int mode_count(const bal_cable *c)
{
    return (c->wires == 1 ? 1 : c->wires == 2 ? 2 : 4) + (c->over_ground ? 1 : 0);
}

static void put(int n, double complex a[], int i, int j, double complex value)
{
    a[i * n + j] = value;
    a[j * n + i] = value;
}

int bal_cable_matrices(const bal_cable *c, double complex s, double complex z[], double complex y[])
{
    const int n = mode_count(c);
    const int mean = c->wires == 1 ? 0 : c->wires == 2 ? 1 : 3; /* carried back by the shield */
    const double complex wire = wire_impedance(c, s);
    const double complex eddy = s * c->l_eddy * (1.0 / (1.0 + s * c->tau) - 1.0);
    const bal_shield_impedance shield = bal_shield_at(s, &c->shield);
    const double complex filled = bal_dielectric(s, c->tan_d, c->f_d) + c->leak;
    memset(z, 0, (size_t)(n * n) * sizeof *z);
    memset(y, 0, (size_t)(n * n) * sizeof *y);
    if (c->wires == 1) {
        put(n, z, 0, 0, wire + s * c->l_c + shield.zaa);
    } else {
        const double legs =
            c->wires == 2 ? 2.0 : 1.0; /* wires in series, the two of a leg parallel */
        put(n, z, 0, 0, legs * wire + s * c->l_d + eddy);
        put(n, z, 0, mean, wire * (c->r_unb * legs / 2.0));
        put(n, z, mean, mean, wire / c->wires + s * c->l_c + shield.zaa);
        put(n, y, 0, 0, filled * c->c_d);
        put(n, y, 0, mean, filled * c->c_dc);
    }
    for (int k = 1; c->wires == 4 && k < 3; k++) { /* within the first leg, within the second */
        const double leg = k == 1 ? 1.0 : -1.0;
        put(n, z, k, k, 2.0 * (1.0 + leg * c->r_unb) * wire + s * c->l_a);
        put(n, y, k, k, filled * (c->c_a + leg * c->c_dc / 4.0));
    }
    const double complex through = s * c->c_t;
    put(n, y, mean, mean, filled * c->c_c + (c->over_ground ? through : 0.0));
    if (c->over_ground) {
        const int e = n - 1;
        put(n, z, mean, e, -(c->zt_given ? c->zt : shield.zt));
        if (c->wires > 1)
            put(n, z, 0, e, -s * c->scin);
        put(n, z, e, e, shield.zbb + s * c->l_e + c->r_e);
        put(n, y, mean, e, through);
        put(n, y, e, e, bal_dielectric(s, c->tan_e, c->f_d) * c->c_e + c->g_e + through);
    }
    return n;
}

void bal_cable_drives(const bal_cable *c, double complex s, double length, bal_line_drive drives[2])
{
    memset(drives, 0, 2 * sizeof *drives);
    if (c->wires > 1)
        drives[1].v[0] = s * c->a_res / (1.0 + s * c->tau);
    if (c->over_ground) {
        const int e = mode_count(c) - 1;
        drives[0].i[e] = s * (c->c_e * c->height * length);
        drives[1].v[e] = s * (c->height * length);
    }
}

int bal_cable_basis(int wires, bool over_ground, const double **rows)
{
    static const double coax[] = {1, -1};
    static const double coax_ground[] = {1, -1, 0, /**/ 0, 1, -1};
    static const double pair[] = {1, -1, 0, /**/ 0.5, 0.5, -1};
    static const double pair_ground[] = {1, -1, 0, 0, /**/ 0.5, 0.5, -1, 0, /**/ 0, 0, 1, -1};
    static const double quad[] = {0.5, -0.5, 0.5, -0.5, 0, /**/ 1,    0,    -1,   0,    0,
                                  0,   1,    0,   -1,   0, /**/ 0.25, 0.25, 0.25, 0.25, -1};
    static const double quad_ground[] = {
        0.5, -0.5, 0.5, -0.5,      0,    0,    /**/ 1, 0,  -1, 0,      0, 0, 0, 1, 0,
        -1,  0,    0,   /**/ 0.25, 0.25, 0.25, 0.25,   -1, 0,  /**/ 0, 0, 0, 0, 1, -1};
    if (wires == 1)
        *rows = over_ground ? coax_ground : coax;
    else if (wires == 2)
        *rows = over_ground ? pair_ground : pair;
    else
        *rows = over_ground ? quad_ground : quad;
    return (wires == 1 ? 1 : wires == 2 ? 2 : 4) + (over_ground ? 1 : 0);
}
