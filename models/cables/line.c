/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The general line: matrices per metre as lists or as a table over frequency. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cable.h"
#include "rlgc.h"
#include "sheet.h"
#include "table.h"

enum { P_N, P_BASIS, P_R, P_L, P_G, P_C, P_RS, P_GD, P_TABLE };

static const bal_param_spec params[] = {
    [P_N] = {"n", "", BAL_P_REAL, 0, 0.0, 0.0, BAL_LINE_MAX, "conductors beside the reference"},
    [P_BASIS] = {"basis", "", BAL_P_TEXT, 0, 0.0, 0.0, 0.0,
                 "conductor (default), pair: d c [e], quad: d a b c [e]"},
    [P_R] = {"r", "ohm/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "resistances, upper triangle by rows"},
    [P_L] = {"l", "H/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "inductances"},
    [P_G] = {"g", "S/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "conductances, Maxwell form"},
    [P_C] = {"c", "F/m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "capacitances, Maxwell form"},
    [P_RS] = {"rs", "ohm/m/sqrt(Hz)", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "skin effect, times 1 + j"},
    [P_GD] = {"gd", "S/m/Hz", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "loss of the insulation"},
    [P_TABLE] = {"table", "", BAL_P_TABLE, 0, 0.0, 0.0, 0.0,
                 "file of columns frequency and, for each i <= j, rij lij gij cij"},
};

static const bal_rlgc fields = {P_R, P_L, P_G, P_C, P_RS, P_GD, false};

static const bal_table *table_of(const bal_device *model)
{
    return model->data ? model->data[P_TABLE].table : NULL;
}

static int wires_of(const bal_device *model)
{
    const char *basis = model->texts ? model->texts[P_BASIS] : NULL;
    const bal_text text = basis ? bal_text_of(basis) : bal_text_of("conductor");
    if (bal_text_is(text, "pair"))
        return 2;
    if (bal_text_is(text, "quad"))
        return 4;
    return bal_text_is(text, "conductor") ? 0 : -1;
}

static int size_of(const bal_device *model)
{
    const int n = (int)bal_dd_double(model->values[P_N]);
    if (n > 0)
        return n;
    const bal_table *t = table_of(model);
    for (int k = 1; t && k <= BAL_LINE_MAX; k++)
        if (t->n_columns == 1 + 2 * k * (k + 1))
            return k;
    return t ? 0 : bal_rlgc_size(model, &fields);
}

/* Columns are named; without a header they come in the order r l g c for each pair. */
static int column_of(const bal_table *t, char kind, int n, int i, int j)
{
    char name[8];
    const char *order = "rlgc";
    if (!t->names)
        return 1 + 4 * (i * n - i * (i - 1) / 2 + (j - i)) + (int)(strchr(order, kind) - order);
    (void)snprintf(name, sizeof name, "%c%d%d", kind, (i + 1) % 10, (j + 1) % 10);
    return bal_table_column(t, name);
}

static void of_table(const bal_table *t, int n, double complex s, double complex z[],
                     double complex y[])
{
    const double omega = cimag(s);
    const double hertz = omega / (2.0 * 3.14159265358979323846);
    for (int i = 0; i < n; i++)
        for (int j = i; j < n; j++) {
            double value[4];
            for (int k = 0; k < 4; k++)
                value[k] = bal_table_at(t, column_of(t, "rlgc"[k], n, i, j), hertz);
            z[i * n + j] = bal_cplx(value[0], omega * value[1]);
            y[i * n + j] = bal_cplx(value[2], omega * value[3]);
            z[j * n + i] = z[i * n + j];
            y[j * n + i] = y[i * n + j];
        }
}

static bal_status check_table(const bal_device *model, const bal_table *t, int n, bal_diag *diag)
{
    if (!t->names && t->n_columns != 1 + 2 * n * (n + 1))
        return bal_report(diag, BAL_D_DATA_FILE, model->at,
                          "table of '%s' has %d columns: %d conductors need %d, the frequency and "
                          "r l g c of each pair",
                          BAL_SHOW(model->name), t->n_columns, n, 1 + 2 * n * (n + 1));
    for (int i = 0; i < n; i++)
        for (int j = i; j < n; j++)
            for (int k = 0; k < 4; k++)
                if (column_of(t, "rlgc"[k], n, i, j) < 0)
                    return bal_report(diag, BAL_D_DATA_FILE, model->at,
                                      "the table '%s' has no column %c%d%d", t->path, "rlgc"[k],
                                      i + 1, j + 1);
    return BAL_OK;
}

static bal_status check(const bal_device *model, bal_diag *diag)
{
    const int n = size_of(model);
    const int wires = wires_of(model);
    const double given = bal_dd_double(model->values[P_N]);
    const bal_table *t = table_of(model);
    if (given != floor(given) || n < 1)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "how many conductors has '%s'? n=1 to %d, and lists of n (n + 1) / 2 "
                          "values",
                          BAL_SHOW(model->name), BAL_LINE_MAX);
    if (wires < 0)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "basis of '%s': expected conductor, pair or quad", BAL_SHOW(model->name));
    if (wires > 0 && n != (wires == 2 ? 2 : 4) && n != (wires == 2 ? 3 : 5))
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "basis=%s of '%s' has %d modes, or %d with the shield over a ground, not "
                          "%d",
                          wires == 2 ? "pair" : "quad", BAL_SHOW(model->name), wires == 2 ? 2 : 4,
                          wires == 2 ? 3 : 5, n);
    if (!t)
        return bal_rlgc_check(model, &fields, n, diag);
    const bal_status status = check_table(model, t, n, diag);
    return status == BAL_OK ? bal_cable_check(model, n + 1, diag) : status;
}

static int modes(const bal_device *model, int conductors, double basis[])
{
    const int n = size_of(model);
    if (conductors != n + 1)
        return 0;
    const int wires = wires_of(model);
    if (wires > 0)
        return bal_cable_basis(wires, n == 3 || n == 5, basis);
    bal_rlgc_basis(n, basis);
    return n;
}

static void matrices(const bal_device *model, int n, double complex s, double complex z[],
                     double complex y[])
{
    const bal_table *t = table_of(model);
    if (t)
        of_table(t, n, s, z, y);
    else
        bal_rlgc_matrices(model, &fields, n, s, z, y);
}

const bal_cable_model bal_model_line = {
    .row = {.name = "line",
            .usage = ".model NAME line n=N [basis=conductor|pair|quad] r=... l=... g=... c=... | "
                     "table=FILE",
            .summary = "Any coupled lines by their matrices per metre. Pins of each end: the n "
                       "conductors, then their reference.",
            .params = params,
            .n_params = BAL_ROWS(params),
            .check = check},
    .pins = "conductor1 ... conductorN reference",
    .modes = modes,
    .matrices = matrices,
    .length_param = -1,
};
