/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shield, insulation and ground of a data-sheet cable. */
#include "sheet.h"

#include <math.h>
#include <string.h>

#include "braid.h"
#include "table.h"

static const double pi = 3.14159265358979323846;

void bal_sheet_read(const bal_device *model, const size_t offsets[], bal_sheet *sheet)
{
    memset(sheet, 0, sizeof *sheet);
    for (int i = 0; i < model->ops->n_params; i++) {
        if (model->ops->params[i].kind != BAL_P_REAL)
            continue;
        const double value = bal_dd_double(model->values[i]);
        memcpy((char *)sheet + offsets[i], &value, sizeof value);
    }
}

static const char *shield_of(const bal_device *model)
{
    const char *text = model->texts ? model->texts[P_shield] : NULL;
    return text ? text : "thin";
}

static bool is(const char *text, const char *name)
{
    return bal_text_is(bal_text_of(text), name);
}

static bool set_braid(const bal_sheet *sheet, const bal_sheet_given *given, bal_shield *shield)
{
    const bal_braid braid = {sheet->carriers, sheet->ends, sheet->strand,
                             sheet->picks,    sheet->d_sh, sheet->sigma_s};
    const bal_braid_law law = sheet->braid < 1.5   ? BAL_BRAID_VANCE
                              : sheet->braid < 2.5 ? BAL_BRAID_TYNI
                                                   : BAL_BRAID_KLEY;
    bal_braid_figures figures;
    const bal_shield told = *shield;
    if (!bal_braid_shield(&braid, law, shield, &figures))
        return false;
    if (given->rs)
        shield->r = told.r;
    if (given->mt) {
        shield->mt = told.mt;
        shield->root = 0.0;
    }
    return true;
}

static bool set_shield(const char *kind, const bal_sheet *sheet, const bal_sheet_given *given,
                       bal_shield *shield)
{
    *shield = (bal_shield){.r = sheet->rs,
                           .wall = sheet->t_sh,
                           .conductivity = sheet->sigma_s,
                           .permeability = 1.0,
                           .mt = sheet->mt};
    if (is(kind, "tube")) {
        shield->inner = sheet->d_sh / 2.0;
        shield->mt = given->mt ? sheet->mt : 0.0; /* no holes */
    } else if (is(kind, "served"))
        shield->turn = bal_shield_turn(sheet->lay * pi / 180.0);
    else if (is(kind, "foil") && !given->rs && sheet->d_sh > 0.0)
        shield->r = 1.0 / (pi * (sheet->d_sh + sheet->t_sh) * sheet->t_sh * sheet->sigma_s);
    else if (is(kind, "braid") && !set_braid(sheet, given, shield))
        return false;
    if (sheet->drain > 0.0)
        shield->r = shield->r * sheet->drain / (shield->r + sheet->drain);
    return true;
}

static bool gives(const bal_device *model, const char *name)
{
    for (int i = 0; i < model->ops->n_params; i++)
        if (is(model->ops->params[i].name, name))
            return bal_device_given(model, i);
    return false;
}

bal_status bal_sheet_above(const bal_device *model, double h, double outside, bal_diag *diag)
{
    if (!gives(model, "h") || (gives(model, "le") && gives(model, "ce")) || h > outside)
        return BAL_OK;
    return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                      "h of '%s' puts it into the ground: its middle is %.4g mm above that, its "
                      "radius is %.4g mm",
                      BAL_SHOW(model->name), 1e3 * h, 1e3 * outside);
}

/* A wire over a plane. */
void bal_sheet_ground(const bal_sheet *sheet, const bal_sheet_given *given, bal_cable *cable)
{
    const double radius = cable->outside;
    cable->l_e = sheet->le;
    cable->c_e = sheet->ce;
    cable->g_e = sheet->ge;
    cable->r_e = sheet->re;
    cable->tan_e = sheet->tan_e;
    cable->height = sheet->h;
    if (!given->h || !(radius > 0.0) || !(sheet->h > radius))
        return;
    if (!given->le)
        cable->l_e = BAL_MU0 / (2.0 * pi) * acosh(sheet->h / radius);
    if (!given->ce)
        cable->c_e = 2.0 * pi * BAL_EPSILON0 / acosh(sheet->h / radius);
}

static double outside_of(const bal_sheet *sheet)
{
    return sheet->d_sh > 0.0 ? sheet->d_sh / 2.0 + sheet->t_sh : 0.0;
}

bool bal_sheet_cable(const bal_device *model, const bal_sheet *sheet, const bal_sheet_given *given,
                     double complex s, bal_cable *cable)
{
    cable->r = sheet->r;
    cable->r_unb = sheet->r_unb;
    cable->radius = sheet->d_wire / 2.0;
    cable->sigma = sheet->sigma;
    cable->w1 = sheet->f1 > 0.0 ? 2.0 * pi * sheet->f1 : bal_wire_corner(sheet->r, 1.0);
    cable->tan_d = sheet->tan_d;
    cable->f_d = sheet->f_d;
    cable->c_t = sheet->c_t;
    cable->scin = sheet->scin;
    cable->a_res = sheet->a_res;
    cable->l_eddy = sheet->dl;
    cable->tau = BAL_MU0 * sheet->sigma_s * sheet->t_sh * (sheet->d_sh + sheet->t_sh) / 4.0;
    cable->outside = outside_of(sheet);
    bal_sheet_ground(sheet, given, cable);
    const bal_table *zt = model->data ? model->data[P_zt_file].table : NULL;
    if (zt) {
        const double hertz = cimag(s) / (2.0 * pi);
        cable->zt_given = true;
        cable->zt = bal_cplx(bal_table_at(zt, 1, hertz), bal_table_at(zt, 2, hertz));
    }
    return set_shield(shield_of(model), sheet, given, &cable->shield);
}

bal_status bal_sheet_check(const bal_device *model, const bal_sheet *sheet, bal_diag *diag)
{
    static const char *const kinds[] = {"thin", "tube", "braid", "foil", "served"};
    const char *kind = shield_of(model);
    bool known = false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        known = known || is(kind, kinds[i]);
    if (!known)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "shield=%s of '%s': expected thin, tube, braid, foil or served",
                          BAL_SHOW(bal_text_of(kind)), BAL_SHOW(model->name));
    if ((is(kind, "tube") || is(kind, "braid")) && !(sheet->d_sh > 0.0))
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "shield=%s of '%s' needs d_sh, its inner diameter", kind,
                          BAL_SHOW(model->name));
    const bal_table *zt = model->data ? model->data[P_zt_file].table : NULL;
    if (zt && zt->n_columns != 3)
        return bal_report(diag, BAL_D_DATA_FILE, model->at,
                          "zt_file of '%s' has %d columns: expected 3, hertz, Re and Im",
                          BAL_SHOW(model->name), zt->n_columns);
    const bal_sheet_given none = {0};
    bal_shield shield;
    if (!set_shield(kind, sheet, &none, &shield))
        return bal_report(diag, BAL_D_UNPHYSICAL, model->at,
                          "the braid of '%s' does not fit: %g carriers of %g wires of %g mm cover "
                          "more than the whole cable",
                          BAL_SHOW(model->name), sheet->carriers, sheet->ends, sheet->strand * 1e3);
    return bal_sheet_above(model, sheet->h, outside_of(sheet), diag);
}

int bal_sheet_modes(const bal_device *model, int conductors, double basis[])
{
    const int wires = bal_cable_model_of(model)->wires;
    if (conductors != wires + 2 && (conductors != wires + 1 || wires == 0))
        return 0;
    return bal_cable_basis(wires, conductors == wires + 2, basis);
}

void bal_sheet_matrices(const bal_device *model, int n, double complex s, double complex z[],
                        double complex y[])
{
    const bal_cable_model *type = bal_cable_model_of(model);
    bal_cable cable;
    (void)type->cable(model, n > type->wires, s, &cable);
    (void)bal_cable_matrices(&cable, s, z, y);
}

void bal_sheet_drives(const bal_device *model, int n, double complex s, double length,
                      bal_line_drive out[2])
{
    const bal_cable_model *type = bal_cable_model_of(model);
    bal_cable cable;
    (void)type->cable(model, n > type->wires, s, &cable);
    bal_cable_drives(&cable, s, length, out);
}

void bal_sheet_member(const bal_device *model, double complex s, bal_cable_member *out)
{
    bal_cable cable;
    bal_line_drive fields[2];
    (void)bal_cable_model_of(model)->cable(model, true, s, &cable);
    cable.l_e = cable.c_e = cable.g_e = cable.r_e = cable.height = 0.0;
    out->radius = cable.outside;
    out->split = 0.0;
    out->modes = bal_cable_matrices(&cable, s, out->z, out->y);
    bal_cable_drives(&cable, s, 0.0, fields);
    memcpy(out->emf, fields[1].v, sizeof out->emf);
}
