/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Twisted pair without a shield, over a ground. Modes d and c; c is what the outside sees, a wire
 * of the radius sqrt(radius * spacing), which has the mean potential of two equal charges. By the
 * twist fields reach d through what the wires differ in only: the share c_unb of the charge, and
 * a_res.
 */
#include <math.h>
#include <string.h>

#include "sheet.h"

static const double pi = 3.14159265358979323846;

#define TWISTED(X)                                                                                 \
    X(r, "ohm/m", BAL_POSITIVE, 0.09, 0.0, DBL_MAX, "one wire at DC")                              \
    X(r_unb, "", 0, 0.005, -1.0, 1.0, "(r1 - r2) / (r1 + r2) of the wires")                        \
    X(l, "H/m", BAL_POSITIVE, 0.6e-6, 0.0, DBL_MAX, "loop of the two wires; or from spacing")      \
    X(c, "F/m", BAL_POSITIVE, 50e-12, 0.0, DBL_MAX, "between the two wires, with all around them") \
    X(c_unb, "", 0, 0.01, -1.0, 1.0, "(c1 - c2) / mean of the wires to all around")                \
    X(spacing, "m", 0, 0.0, 0.0, 1.0, "between the centres of the wires; with d_wire")             \
    X(kp, "", 0, 1.0, 1.0, 100.0, "nearness of the wires: factor of r at high frequencies")        \
    X(a_res, "m^2", 0, 8e-6, 0.0, DBL_MAX, "loop that the twist leaves, whole cable")              \
    X(tan_d, "", 0, 5e-3, 0.0, 10.0, "loss of the insulation")                                     \
    BAL_SHEET_SKIN(X)                                                                              \
    X(f_d, "Hz", 0, 0.0, 0.0, DBL_MAX, "> 0: causal constant loss angle, C as given at f_d")       \
    X(g, "S/m", 0, 0.0, 0.0, DBL_MAX, "leakage of the insulation, wire to wire")                   \
    X(le, "H/m", BAL_POSITIVE, 0.9e-6, 0.0, DBL_MAX, "both wires and the ground; or from h")       \
    X(ce, "F/m", BAL_POSITIVE, 16e-12, 0.0, DBL_MAX, "capacitance to it; or from h")               \
    X(h, "m", BAL_POSITIVE, 0.05, 0.0, 1000.0, "height over the ground; makes le and ce")          \
    X(re, "ohm/m", 0, 0.0, 0.0, DBL_MAX, "resistance of the ground conductor")

enum { TWISTED(BAL_SHEET_ENUM) P_COUNT };

static const bal_param_spec params[] = {TWISTED(BAL_SHEET_ROW)};
static const size_t offsets[] = {TWISTED(BAL_SHEET_OFFSET)};

static void set_geometry(const bal_device *model, bal_sheet *s)
{
    if (!(s->spacing > 0.0 && s->d_wire > 0.0))
        return;
    const double ratio = s->d_wire / s->spacing;
    if (!bal_device_given(model, P_l))
        s->l = BAL_MU0 / pi * acosh(1.0 / ratio);
    if (!bal_device_given(model, P_kp))
        s->kp = 1.0 / sqrt(1.0 - ratio * ratio);
}

/* Over its ground, as two wires in an ideal shield: the ground is as far outside. */
static void cable_of(const bal_device *model, bal_sheet *sheet, bal_cable *cable)
{
    const bal_sheet_given given = {.le = bal_device_given(model, P_le),
                                   .ce = bal_device_given(model, P_ce),
                                   .h = bal_device_given(model, P_h)};
    bal_sheet_read(model, offsets, sheet);
    set_geometry(model, sheet);
    *cable =
        (bal_cable){.wires = 2,
                    .r = sheet->r,
                    .r_unb = sheet->r_unb,
                    .radius = sheet->d_wire / 2.0,
                    .sigma = sheet->sigma,
                    .crowd = sheet->kp,
                    .w1 = sheet->f1 > 0.0 ? 2.0 * pi * sheet->f1 : bal_wire_corner(sheet->r, 1.0),
                    .l_d = sheet->l,
                    .c_d = sheet->c,
                    .a_res = sheet->a_res,
                    .tan_d = sheet->tan_d,
                    .f_d = sheet->f_d,
                    .leak = sheet->g / sheet->c,
                    .shield = {.r = sheet->re},
                    .outside = sqrt(sheet->d_wire / 2.0 * sheet->spacing)};
    bal_sheet_ground(sheet, &given, cable);
    cable->l_c = cable->l_e;
    cable->c_c = cable->c_e;
    cable->c_dc = sheet->c_unb / 4.0 * cable->c_e;
    cable->c_d += sheet->c_unb / 4.0 * cable->c_dc;
}

static bal_status check(const bal_device *model, bal_diag *diag)
{
    bal_sheet sheet;
    bal_sheet_read(model, offsets, &sheet);
    if (sheet.spacing > 0.0 && sheet.spacing <= sheet.d_wire)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "spacing of '%s' is between the middles of its wires: it must be more "
                          "than d_wire=%g",
                          BAL_SHOW(model->name), sheet.d_wire);
    bal_cable cable;
    cable_of(model, &sheet, &cable);
    const bal_status status = bal_sheet_above(model, sheet.h, cable.outside, diag);
    return status == BAL_OK ? bal_cable_check(model, 3, diag) : status;
}

static int modes(const bal_device *model, int conductors, double basis[])
{
    (void)model;
    return conductors == 3 ? bal_cable_basis(2, false, basis) : 0;
}

static void matrices(const bal_device *model, int n, double complex s, double complex z[],
                     double complex y[])
{
    bal_sheet sheet;
    bal_cable cable;
    (void)n;
    cable_of(model, &sheet, &cable);
    (void)bal_cable_matrices(&cable, s, z, y);
}

static void drives(const bal_device *model, int n, double complex s, double length,
                   bal_line_drive out[2])
{
    bal_sheet sheet;
    bal_cable cable;
    (void)n;
    cable_of(model, &sheet, &cable);
    bal_cable_drives(&cable, s, length, out);
    out[0].i[0] = s * (cable.c_dc * sheet.h * length);
    out[0].i[1] = s * (cable.c_c * sheet.h * length);
    out[1].v[1] = s * (sheet.h * length);
}

static void member(const bal_device *model, double complex s, bal_cable_member *out)
{
    bal_sheet sheet;
    bal_cable cable;
    cable_of(model, &sheet, &cable);
    memset(out->emf, 0, sizeof out->emf);
    out->emf[0] = s * cable.a_res;
    out->radius = cable.outside;
    out->split = sheet.c_unb / 4.0;
    cable.c_d = sheet.c;
    cable.l_c = cable.c_c = cable.c_dc = cable.shield.r = 0.0;
    out->modes = bal_cable_matrices(&cable, s, out->z, out->y);
}

const bal_cable_model bal_model_twisted = {
    .row = {.name = "twisted",
            .usage = ".model NAME twisted (r= l= c= | d_wire= spacing= ...)",
            .summary = "Twisted pair without a shield, over a ground. Pins of each end: wire 1, "
                       "wire 2 and ground.",
            .params = params,
            .n_params = BAL_ROWS(params),
            .check = check},
    .pins = "wire1 wire2 ground",
    .modes = modes,
    .matrices = matrices,
    .drives = drives,
    .member = member,
    .length_param = -1,
};
