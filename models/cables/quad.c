/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Star quad in a shield, alone or over a ground: wires 1 and 3 are one leg, 2 and 4 the other.
 * Modes d, a, b, c and e. */
#include "sheet.h"

#define QUAD(X)                                                                                    \
    X(r, "ohm/m", BAL_POSITIVE, 0.1, 0.0, DBL_MAX, "one wire at DC")                               \
    X(r_unb, "", 0, 0.002, -1.0, 1.0, "(ra - rb) / (ra + rb) of the legs")                         \
    X(l, "H/m", BAL_POSITIVE, 0.19e-6, 0.0, DBL_MAX, "loop of the two legs")                       \
    X(l_aa, "H/m", 0, 0.0, 0.0, DBL_MAX, "loop of opposite wires; 0: as fast as the legs")         \
    X(l_cs, "H/m", BAL_POSITIVE, 0.14e-6, 0.0, DBL_MAX, "all wires against the shield")            \
    X(dl, "H/m", 0, 0.0, 0.0, DBL_MAX, "part of l that eddy currents of the shield take away")     \
    X(c_cc, "F/m", 0, 40e-12, 0.0, DBL_MAX, "neighbours alone")                                    \
    X(c_op, "F/m", 0, 5e-12, 0.0, DBL_MAX, "opposite wires alone")                                 \
    X(c_cs, "F/m", BAL_POSITIVE, 55e-12, 0.0, DBL_MAX, "one wire to the shield alone")             \
    X(c_unb, "", 0, 0.005, -1.0, 1.0, "(leg a - leg b) to the shield over their mean")             \
    X(scin, "H/m", 0, 1e-12, -1e-5, 1e-5, "shield current to difference mode")                     \
    X(a_res, "m^2", 0, 4e-7, 0.0, DBL_MAX, "loop that the twist leaves, whole cable")              \
    X(tan_d, "", 0, 2e-3, 0.0, 10.0, "loss of the insulation")                                     \
    BAL_SHEET_WIRE(X)                                                                              \
    BAL_SHEET_SHIELD(X, 0.015, 0.3e-9, 0.1e-3, 0.95e-6, 28e-12)

enum { P_BEFORE = P_FIRST - 1, QUAD(BAL_SHEET_ENUM) P_COUNT };

static const bal_param_spec params[] = {BAL_SHEET_TEXTS, QUAD(BAL_SHEET_ROW)};
static const size_t offsets[] = {QUAD(BAL_SHEET_OFFSET)};

static bool cable_of(const bal_device *model, bool over_ground, double complex s, bal_cable *cable)
{
    bal_sheet sheet;
    bal_sheet_read(model, offsets, &sheet);
    const bal_sheet_given given = BAL_SHEET_GIVEN(model);
    *cable = (bal_cable){.wires = 4,
                         .over_ground = over_ground,
                         .l_d = sheet.l,
                         .l_c = sheet.l_cs,
                         .c_d = 4.0 * sheet.c_cc + sheet.c_cs,
                         .c_a = sheet.c_cs / 2.0 + sheet.c_cc + sheet.c_op,
                         .c_c = 4.0 * sheet.c_cs,
                         .c_dc = sheet.c_unb * sheet.c_cs,
                         .leak = sheet.g / sheet.c_cs};
    cable->l_a = sheet.l_aa > 0.0 ? sheet.l_aa : sheet.l * cable->c_d / cable->c_a;
    return bal_sheet_cable(model, &sheet, &given, s, cable);
}

static bal_status check(const bal_device *model, bal_diag *diag)
{
    bal_sheet sheet;
    bal_sheet_read(model, offsets, &sheet);
    if (sheet.dl >= sheet.l)
        return bal_report(diag, BAL_D_UNPHYSICAL, model->at,
                          "dl of '%s' is a part of l and must be less than it",
                          BAL_SHOW(model->name));
    const bal_status status = bal_sheet_check(model, &sheet, diag);
    return status == BAL_OK ? bal_cable_check(model, 6, diag) : status;
}

const bal_cable_model bal_model_quad = {
    .row = {.name = "quad",
            .usage = ".model NAME quad (r= l= l_cs= c_cc= c_cs= rs= ...)",
            .summary = "Star quad by its data sheet. Pins of each end: wires 1 to 4 around the "
                       "cable (1 and 3 make a leg), shield and, if it counts, ground.",
            .params = params,
            .n_params = BAL_ROWS(params),
            .check = check},
    .pins = "wire1 wire2 wire3 wire4 shield [ground]",
    BAL_SHEET_HOOKS(4, cable_of),
};
