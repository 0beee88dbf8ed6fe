/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shielded pair, alone or over a ground. Modes d, c and e. Inductances from geometry by Paul's
 * images (Multiconductor Transmission Lines, 2008, chapter 4): 1 % when the wires are thin.
 */
#include <math.h>

#include "sheet.h"

static const double pi = 3.14159265358979323846;

#define PAIR(X)                                                                                    \
    X(r, "ohm/m", BAL_POSITIVE, 0.075, 0.0, DBL_MAX, "one wire at DC")                             \
    X(r_unb, "", 0, 0.005, -1.0, 1.0, "(r1 - r2) / (r1 + r2) of the wires")                        \
    X(l, "H/m", BAL_POSITIVE, 0.62e-6, 0.0, DBL_MAX, "loop of the two wires; or from spacing")     \
    X(l_cs, "H/m", BAL_POSITIVE, 0.2e-6, 0.0, DBL_MAX, "both wires against the shield; likewise")  \
    X(spacing, "m", 0, 0.0, 0.0, 1.0, "between the centres of the wires; with d_wire and d_sh")    \
    X(dl, "H/m", 0, 0.0, 0.0, DBL_MAX, "part of l that eddy currents of the shield take away")     \
    X(kp, "", 0, 1.0, 1.0, 100.0, "nearness of the wires: factor of r at high frequencies")        \
    X(pitch, "m", 0, 0.0, 0.0, DBL_MAX, "one turn of the twist, with d_wire and spacing")          \
    X(c_cc, "F/m", 0, 25e-12, 0.0, DBL_MAX, "wire to wire alone")                                  \
    X(c_cs, "F/m", BAL_POSITIVE, 100e-12, 0.0, DBL_MAX, "one wire to the shield alone")            \
    X(c1, "F/m", 0, 0.0, 0.0, DBL_MAX, "data sheet: conductor to conductor, c_cc + c_cs / 2")      \
    X(c2, "F/m", 0, 0.0, 0.0, DBL_MAX, "data sheet: to the other and shield, c_cc + c_cs")         \
    X(c_unb, "", 0, 0.01, -1.0, 1.0, "(c1s - c2s) / c_cs of the wires")                            \
    X(scin, "H/m", 0, 0.3e-9, -1e-5, 1e-5, "shield current to difference mode")                    \
    X(a_res, "m^2", 0, 8e-6, 0.0, DBL_MAX, "loop that the twist leaves, whole cable")              \
    X(tan_d, "", 0, 5e-3, 0.0, 10.0, "loss of the insulation")                                     \
    BAL_SHEET_WIRE(X)                                                                              \
    BAL_SHEET_SHIELD(X, 0.020, 0.5e-9, 0.12e-3, 0.95e-6, 28e-12)

enum { P_BEFORE = P_FIRST - 1, PAIR(BAL_SHEET_ENUM) P_COUNT };

static const bal_param_spec params[] = {BAL_SHEET_TEXTS, PAIR(BAL_SHEET_ROW)};
static const size_t offsets[] = {PAIR(BAL_SHEET_OFFSET)};

/* Length of a wire over that of the cable. */
static double lay_up(const bal_sheet *s)
{
    return s->d_wire > 0.0 && s->pitch > 0.0 ? hypot(1.0, pi * s->spacing / s->pitch) : 1.0;
}

/*
 * Inductances by images, of currents that crowd on the surfaces; at low frequencies l has what eddy
 * currents in the shield and in the wires take away later, dl and more in z of the wires: together
 * mu0 / pi (ln(spacing / radius) + 1/4). Currents that crowd have the nearness of round wires in
 * the open, 1 / sqrt(1 - (d_wire / spacing)^2). Each is used where the card does not tell better.
 */
static void set_inductance(const bal_device *model, bal_sheet *s)
{
    const double d = s->spacing / 2.0;
    const double rs = s->d_sh / 2.0;
    if (!(d > 0.0 && s->d_wire > 0.0 && rs > d))
        return;
    const double own = log((rs * rs - d * d) / (rs * s->d_wire / 2.0));
    const double other = log((rs * rs + d * d) / (2.0 * d * rs));
    if (!bal_device_given(model, P_kp))
        s->kp = 1.0 / sqrt(1.0 - s->d_wire / s->spacing * (s->d_wire / s->spacing));
    if (!bal_device_given(model, P_l_cs))
        s->l_cs = BAL_MU0 / (4.0 * pi) * (own + other);
    if (bal_device_given(model, P_l))
        return;
    const double slow = BAL_MU0 / pi * (log(s->spacing / (s->d_wire / 2.0)) + 0.25);
    const double fast = BAL_MU0 / pi * (own - other);
    if (!bal_device_given(model, P_dl))
        s->dl = lay_up(s) * fmax(0.0, slow - fast - BAL_MU0 / (4.0 * pi) * s->kp * s->kp);
    s->l = lay_up(s) * fast + s->dl;
}

static void set_capacitance(const bal_device *model, bal_sheet *s)
{
    if (bal_device_given(model, P_c1) && bal_device_given(model, P_c2)) {
        s->c_cc = 2.0 * s->c1 - s->c2;
        s->c_cs = 2.0 * (s->c2 - s->c1);
    }
}

static bool cable_of(const bal_device *model, bool over_ground, double complex s, bal_cable *cable)
{
    bal_sheet sheet;
    bal_sheet_read(model, offsets, &sheet);
    const bal_sheet_given given = BAL_SHEET_GIVEN(model);
    set_inductance(model, &sheet);
    set_capacitance(model, &sheet);
    *cable = (bal_cable){.wires = 2,
                         .over_ground = over_ground,
                         .crowd = sheet.kp,
                         .lay_up = lay_up(&sheet),
                         .l_d = sheet.l,
                         .l_c = sheet.l_cs,
                         .c_d = sheet.c_cc + sheet.c_cs / 2.0,
                         .c_c = 2.0 * sheet.c_cs,
                         .c_dc = sheet.c_unb * sheet.c_cs / 2.0,
                         .leak = sheet.g / sheet.c_cs};
    return bal_sheet_cable(model, &sheet, &given, s, cable);
}

static bal_status check(const bal_device *model, bal_diag *diag)
{
    bal_sheet sheet;
    bal_sheet_read(model, offsets, &sheet);
    set_capacitance(model, &sheet);
    if (sheet.spacing > 0.0 && sheet.spacing <= sheet.d_wire)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "spacing of '%s' is between the middles of its wires: it must be more "
                          "than d_wire=%g",
                          BAL_SHOW(model->name), sheet.d_wire);
    set_inductance(model, &sheet);
    if (bal_device_given(model, P_c1) != bal_device_given(model, P_c2))
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "c1 and c2 of '%s' go together: conductor to conductor, and conductor to "
                          "the other one and the shield",
                          BAL_SHOW(model->name));
    if (sheet.c_cc < 0.0 || sheet.c_cs <= 0.0)
        return bal_report(diag, BAL_D_UNPHYSICAL, model->at,
                          "c1=%g and c2=%g of '%s' do not fit: %s = %.4g pF/m; c1 < c2 <= 2 c1 is "
                          "needed",
                          sheet.c1, sheet.c2, BAL_SHOW(model->name),
                          sheet.c_cc < 0.0 ? "wire to wire, 2 c1 - c2,"
                                           : "wire to shield, 2 (c2 - c1),",
                          1e12 * (sheet.c_cc < 0.0 ? sheet.c_cc : sheet.c_cs));
    if (sheet.dl >= sheet.l)
        return bal_report(diag, BAL_D_UNPHYSICAL, model->at,
                          "dl of '%s' is a part of l and must be less than it",
                          BAL_SHOW(model->name));
    const bal_status status = bal_sheet_check(model, &sheet, diag);
    return status == BAL_OK ? bal_cable_check(model, 4, diag) : status;
}

const bal_cable_model bal_model_pair = {
    .row = {.name = "pair",
            .usage = ".model NAME pair (r= l= l_cs= c_cc= c_cs= | c1= c2= rs= ...)",
            .summary = "Shielded twisted pair by its data sheet. Pins of each end: wire 1, wire 2, "
                       "shield and, if the shield's current to the outside counts, ground.",
            .params = params,
            .n_params = BAL_ROWS(params),
            .check = check},
    .pins = "wire1 wire2 shield [ground]",
    BAL_SHEET_HOOKS(2, cable_of),
};
