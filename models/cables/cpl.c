/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ngspice's coupled lines: R L G C as upper triangles, and the length. */
#include <float.h>

#include "rlgc.h"

enum { P_R, P_L, P_G, P_C, P_LENGTH };

static const bal_param_spec params[] = {
    [P_R] = {"r", "ohm/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "resistances, upper triangle by rows"},
    [P_L] = {"l", "H/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "inductances"},
    [P_G] = {"g", "S/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "conductances"},
    [P_C] = {"c", "F/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "capacitances, Maxwell form"},
    [P_LENGTH] = {"length", "m", BAL_P_REAL, BAL_POSITIVE, BAL_REQUIRED, 0.0, DBL_MAX,
                  "length, unless the element has len="},
};

static const bal_rlgc fields = {P_R, P_L, P_G, P_C, -1, -1, false};

static bal_status check(const bal_device *model, bal_diag *diag)
{
    const int n = bal_rlgc_size(model, &fields);
    if (n == 0)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "'%s': expected lists of n (n + 1) / 2 values for n = 1 to %d conductors",
                          BAL_SHOW(model->name), BAL_LINE_MAX);
    return bal_rlgc_check(model, &fields, n, diag);
}

static int modes(const bal_device *model, int conductors, double basis[])
{
    const int n = bal_rlgc_size(model, &fields);
    bal_rlgc_basis(n, basis);
    return conductors == n + 1 ? n : 0;
}

static void matrices(const bal_device *model, int n, double complex s, double complex z[],
                     double complex y[])
{
    bal_rlgc_matrices(model, &fields, n, s, z, y);
}

const bal_cable_model bal_model_cpl = {
    .row = {.name = "cpl",
            .usage = ".model NAME cpl (R=... L=... G=... C=... length=)",
            .summary = "Coupled lines as ngspice describes them. Pins as of line.",
            .params = params,
            .n_params = BAL_ROWS(params),
            .check = check},
    .pins = "conductor1 ... conductorN reference",
    .modes = modes,
    .matrices = matrices,
    .length_param = P_LENGTH,
};
