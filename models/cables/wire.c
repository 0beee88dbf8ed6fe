/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One wire over a ground, mains or earth: a cable with nothing inside. Mode e. */
#include "sheet.h"

static const double pi = 3.14159265358979323846;

#define WIRE(X)                                                                                    \
    X(r, "ohm/m", BAL_POSITIVE, 11.5e-3, 0.0, DBL_MAX, "at DC; the default is 1.5 mm2 of copper")  \
    BAL_SHEET_SKIN(X)                                                                              \
    X(f_d, "Hz", 0, 0.0, 0.0, DBL_MAX, "> 0: causal constant loss angle, C as given at f_d")       \
    BAL_SHEET_GROUND(X, 1.0e-6, 15e-12)

enum { WIRE(BAL_SHEET_ENUM) P_COUNT };

static const bal_param_spec params[] = {WIRE(BAL_SHEET_ROW)};
static const size_t offsets[] = {WIRE(BAL_SHEET_OFFSET)};

static bool cable_of(const bal_device *model, bool over_ground, double complex s, bal_cable *cable)
{
    bal_sheet sheet;
    (void)s;
    bal_sheet_read(model, offsets, &sheet);
    const bal_sheet_given given = {.le = bal_device_given(model, P_le),
                                   .ce = bal_device_given(model, P_ce),
                                   .h = bal_device_given(model, P_h)};
    *cable = (bal_cable){.over_ground = over_ground,
                         .r = sheet.r,
                         .radius = sheet.d_wire / 2.0,
                         .sigma = sheet.sigma,
                         .w1 = sheet.f1 > 0.0 ? 2.0 * pi * sheet.f1 : bal_wire_corner(sheet.r, 1.0),
                         .f_d = sheet.f_d,
                         .outside = sheet.d_wire / 2.0};
    bal_sheet_ground(&sheet, &given, cable);
    return true;
}

static bal_status check(const bal_device *model, bal_diag *diag)
{
    bal_sheet sheet;
    bal_sheet_read(model, offsets, &sheet);
    const bal_status status = bal_sheet_above(model, sheet.h, sheet.d_wire / 2.0, diag);
    return status == BAL_OK ? bal_cable_check(model, 2, diag) : status;
}

const bal_cable_model bal_model_wire = {
    .row = {.name = "wire",
            .usage = ".model NAME wire (r= | d_wire= h= ...)",
            .summary = "A wire without a shield, over a ground. Pins of each end: wire and ground.",
            .params = params,
            .n_params = BAL_ROWS(params),
            .check = check},
    .pins = "wire ground",
    BAL_SHEET_HOOKS(0, cable_of),
};
