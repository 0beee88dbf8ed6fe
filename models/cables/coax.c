/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coax: one wire in a shield, alone or over a ground. Modes i and e. */
#include <math.h>

#include "sheet.h"

static const double pi = 3.14159265358979323846;

#define COAX(X)                                                                                    \
    X(r, "ohm/m", BAL_POSITIVE, 0.037, 0.0, DBL_MAX, "inner conductor at DC")                      \
    X(l, "H/m", BAL_POSITIVE, 0.25e-6, 0.0, DBL_MAX, "inductance; from d_wire and d_sh if both")   \
    X(c, "F/m", BAL_POSITIVE, 100e-12, 0.0, DBL_MAX, "capacitance; likewise, with er")             \
    X(tan_d, "", 0, 4e-4, 0.0, 10.0, "loss of the insulation")                                     \
    BAL_SHEET_WIRE(X)                                                                              \
    BAL_SHEET_SHIELD(X, 0.014, 1e-9, 0.127e-3, 0.83e-6, 13.5e-12)

enum { P_BEFORE = P_FIRST - 1, COAX(BAL_SHEET_ENUM) P_COUNT };

static const bal_param_spec params[] = {BAL_SHEET_TEXTS, COAX(BAL_SHEET_ROW)};
static const size_t offsets[] = {COAX(BAL_SHEET_OFFSET)};

static bool cable_of(const bal_device *model, bool over_ground, double complex s, bal_cable *cable)
{
    bal_sheet sheet;
    bal_sheet_read(model, offsets, &sheet);
    const bal_sheet_given given = BAL_SHEET_GIVEN(model);
    *cable = (bal_cable){.wires = 1, .over_ground = over_ground, .l_c = sheet.l, .c_c = sheet.c};
    if (sheet.d_wire > 0.0 && sheet.d_sh > sheet.d_wire) {
        const double ratio = log(sheet.d_sh / sheet.d_wire);
        if (!bal_device_given(model, P_l))
            cable->l_c = BAL_MU0 / (2.0 * pi) * ratio;
        if (!bal_device_given(model, P_c))
            cable->c_c = 2.0 * pi * sheet.er * BAL_EPSILON0 / ratio;
    }
    cable->leak = sheet.g / cable->c_c;
    return bal_sheet_cable(model, &sheet, &given, s, cable);
}

static bal_status check(const bal_device *model, bal_diag *diag)
{
    bal_sheet sheet;
    bal_sheet_read(model, offsets, &sheet);
    const bal_status status = bal_sheet_check(model, &sheet, diag);
    return status == BAL_OK ? bal_cable_check(model, 3, diag) : status;
}

const bal_cable_model bal_model_coax = {
    .row = {.name = "coax",
            .usage = ".model NAME coax (r= l= c= rs= ...)",
            .summary = "Coaxial cable. Pins of each end: core, shield and, if the shield's current "
                       "to the outside counts, ground.",
            .params = params,
            .n_params = BAL_ROWS(params),
            .check = check},
    .pins = "core shield [ground]",
    BAL_SHEET_HOOKS(1, cable_of),
};
