/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HSPICE's W model of type RLGC: lower triangles, Z = Ro + sqrt(f) (1 + j) Rs + jw Lo, Y = Go + f
 * Gd
 * + jw Co. */
#include "rlgc.h"

enum { P_N, P_MODELTYPE, P_LO, P_CO, P_RO, P_GO, P_RS, P_GD };

static const bal_param_spec params[] = {
    [P_N] = {"n", "", BAL_P_REAL, 0, 0.0, 0.0, BAL_LINE_MAX, "conductors beside the reference"},
    [P_MODELTYPE] = {"modeltype", "", BAL_P_TEXT, 0, 0.0, 0.0, 0.0, "RLGC"},
    [P_LO] = {"lo", "H/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "inductances, lower triangle by rows"},
    [P_CO] = {"co", "F/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "capacitances, Maxwell form"},
    [P_RO] = {"ro", "ohm/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "resistances at DC"},
    [P_GO] = {"go", "S/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "conductances at DC"},
    [P_RS] = {"rs", "ohm/m/sqrt(Hz)", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "skin effect, times 1 + j"},
    [P_GD] = {"gd", "S/m/Hz", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "loss of the insulation"},
};

static const bal_rlgc fields = {P_RO, P_LO, P_GO, P_CO, P_RS, P_GD, true};

static int size_of(const bal_device *model)
{
    const int n = (int)bal_dd_double(model->values[P_N]);
    return n > 0 ? n : bal_rlgc_size(model, &fields);
}

static bal_status check(const bal_device *model, bal_diag *diag)
{
    const char *type = model->texts ? model->texts[P_MODELTYPE] : NULL;
    const int n = size_of(model);
    if (type && !bal_text_is(bal_text_of(type), "rlgc"))
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "modeltype of '%s': only RLGC is read", BAL_SHOW(model->name));
    if (n == 0)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "how many conductors has '%s'? N=1 to %d", BAL_SHOW(model->name),
                          BAL_LINE_MAX);
    return bal_rlgc_check(model, &fields, n, diag);
}

static int modes(const bal_device *model, int conductors, double basis[])
{
    const int n = size_of(model);
    bal_rlgc_basis(n, basis);
    return conductors == n + 1 ? n : 0;
}

static void matrices(const bal_device *model, int n, double complex s, double complex z[],
                     double complex y[])
{
    bal_rlgc_matrices(model, &fields, n, s, z, y);
}

const bal_cable_model bal_model_w = {
    .row = {.name = "w",
            .usage = ".model NAME w MODELTYPE=RLGC N= Lo=... Co=... [Ro=... Go=... Rs=... Gd=...]",
            .summary = "Coupled lines as HSPICE's W element describes them. Pins as of line.",
            .params = params,
            .n_params = BAL_ROWS(params),
            .check = check},
    .pins = "conductor1 ... conductorN reference",
    .modes = modes,
    .matrices = matrices,
    .length_param = -1,
};
