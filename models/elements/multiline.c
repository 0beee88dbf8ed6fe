/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A length of cable: n modes between conductors and a reference, at each end. Unknowns are the
 * currents of the modes into the line, I1 and I2, so that Kirchhoff's rows hold plain numbers (E^T)
 * and no current is lost between them. The 2n rows are, at frequencies where the line is short,
 *
 *     I1 + I2 - Yp (V1 + V2) + ie = 0         V = E v, v the conductors' voltages of an end
 *     V1 - V2 - Zo (I1 - I2) + vo = 0
 *
 * and otherwise, with R = q r / q and B = q t / q of its waves,
 *
 *     (V1 - zr I1) - R (V1 + zr I1) - B (V2 + zr I2) - 2 q s1 = 0, and the same from the other end.
 *
 * Either way the sums over E are made in double-double: beside a 1 of the difference mode the 1e-12
 * of a conversion keeps its digits (cables.md 3.5).
 */
#include "cable_model.h"
#include "models.h"

#include <float.h>
#include <stddef.h>

enum { P_MODEL, P_LEN, P_EFIELD, P_BFIELD, P_M };

static const bal_param_spec params[] = {
    [P_MODEL] = {"model", "", BAL_P_MODEL, BAL_POSITIONAL, 0.0, 0.0, 0.0, "what cable it is"},
    [P_LEN] = {"len", "m", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX,
               "length; needed unless the model has one"},
    [P_EFIELD] = {"efield", "", BAL_P_NODE, 0, -1.0, -1.0, 0.0,
                  "node whose voltage is the electric field across the height, V/m"},
    [P_BFIELD] = {"bfield", "", BAL_P_NODE, 0, -1.0, -1.0, 0.0,
                  "node whose voltage is the magnetic field through the loop with ground, tesla"},
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "this many in parallel"},
};

/* The device as its rows see it. */
typedef struct cable {
    const bal_device *dev;
    const bal_cable_model *model;
    int n;                    /* modes */
    int conductors;           /* of one end, with the reference */
    double e[BAL_BASIS_SIZE]; /* n * conductors */
    int n_fields;             /* columns of fields: */
    int field[2];             /* terminals */
    int drive[2];             /* 0 electric, 1 magnetic */
    const bal_line *line;     /* NULL: the places only */
} cable;

static int terminals(const bal_device *dev)
{
    return dev->n_nodes - (bal_device_given(dev, P_EFIELD) ? 1 : 0) -
           (bal_device_given(dev, P_BFIELD) ? 1 : 0);
}

static cable cable_of(const bal_device *dev)
{
    cable c = {.dev = dev, .model = bal_cable_model_of(dev->model)};
    c.conductors = terminals(dev) / 2;
    c.n = c.model->modes(dev->model, c.conductors, c.e);
    for (int k = 0; k < 2; k++)
        if (bal_device_given(dev, P_EFIELD + k)) {
            c.field[c.n_fields] = (int)bal_dd_double(dev->values[P_EFIELD + k]);
            c.drive[c.n_fields++] = k;
        }
    return c;
}

static double length_of(const bal_device *dev)
{
    const int index = bal_cable_model_of(dev->model)->length_param;
    if (bal_device_given(dev, P_LEN) || index < 0)
        return bal_dd_double(dev->values[P_LEN]);
    return bal_dd_double(dev->model->values[index]);
}

/* ---- checks ---- */

/* Whether an electric field has something to drive: a conductor against the ground. */
static bool over_ground(const cable *c)
{
    bal_line_drive drives[2];
    if (!c->model->drives)
        return false;
    c->model->drives(c->dev->model, c->n, bal_cplx(0.0, 2.385), 1.0, drives);
    for (int i = 0; i < c->n; i++)
        if (drives[0].i[i] != 0.0)
            return true;
    return false;
}

static bal_status check_fields(const bal_device *dev, bal_diag *diag)
{
    const cable c = cable_of(dev);
    if (c.n_fields == 0)
        return BAL_OK;
    if (!c.model->drives)
        return bal_report(diag, BAL_D_NO_EFFECT, dev->at,
                          "fields have no effect on '%s': a %s does not say where its loops are",
                          BAL_SHOW(dev->name), dev->model->ops->name);
    if (bal_device_given(dev, P_EFIELD) && !over_ground(&c))
        return bal_report(diag, BAL_D_NO_EFFECT, dev->at,
                          "efield= has no effect on '%s': it works between shield and ground, and "
                          "the ground is not among its terminals",
                          BAL_SHOW(dev->name));
    return BAL_OK;
}

/* The line sees each end against the reference of that end: what stands between the two is in no
 * loop, and hum between two chassis would vanish without a word. */
static bal_status check_ground(const bal_device *dev, bal_diag *diag)
{
    const cable c = cable_of(dev);
    if (dev->nodes[c.conductors - 1] == dev->nodes[2 * c.conductors - 1] || !over_ground(&c))
        return BAL_OK;
    return bal_report(diag, BAL_D_SPLIT_GROUND, dev->at,
                      "the ground of '%s' is one node at the near end and another at the far end: "
                      "a voltage between them drives no current through the shield; give both "
                      "ends the same ground",
                      BAL_SHOW(dev->name));
}

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    if (!dev->model)
        return bal_report(diag, BAL_D_UNKNOWN_MODEL, dev->at,
                          "'%s' has no model: write the name of a .model behind the nodes",
                          BAL_SHOW(dev->name));
    const cable c = cable_of(dev);
    if (terminals(dev) % 2 || c.n <= 0)
        return bal_report(
            diag, BAL_D_WRONG_TERMINALS, dev->at,
            "'%s' has %d terminals, which do not fit '%s' of type %s: expected %s for "
            "one end, then the same for the other",
            BAL_SHOW(dev->name), terminals(dev), BAL_SHOW(dev->model->name), dev->model->ops->name,
            c.model->pins);
    if (!bal_device_given(dev, P_LEN) && c.model->length_param < 0)
        return bal_report(diag, BAL_D_ELEMENT_SYNTAX, dev->at, "'%s' needs its length: len=<metre>",
                          BAL_SHOW(dev->name));
    const bal_status status = check_ground(dev, diag);
    return status == BAL_OK ? check_fields(dev, diag) : status;
}

/* Where both ends have one reference, each conductor leads from end to end; else the line says
 * nothing about the voltage between the references. */
static void ties(const bal_device *dev, bal_ties *t)
{
    const cable c = cable_of(dev);
    const int ref = c.conductors - 1;
    const bool same = dev->nodes[ref] == dev->nodes[2 * c.conductors - 1];
    double complex z[BAL_LINE_SQUARE];
    double complex y[BAL_LINE_SQUARE];
    c.model->matrices(dev->model, c.n, 0.0, z, y);
    bool resistive = true;
    bool leaky = true;
    for (int i = 0; i < c.n; i++) {
        resistive = resistive && creal(z[i * (c.n + 1)]) > 0.0;
        leaky = leaky && creal(y[i * (c.n + 1)]) > 0.0;
    }
    for (int i = 0; i < ref; i++)
        for (int end = 0; end < 2; end++) {
            const int base = end * c.conductors;
            if (same && end == 0)
                bal_tie(t, resistive ? BAL_TIE_CONDUCTANCE : BAL_TIE_INDUCTANCE, i,
                        c.conductors + i);
            bal_tie(t, same && !leaky ? BAL_TIE_CAPACITANCE : BAL_TIE_CONDUCTANCE, base + i,
                    base + ref);
        }
    for (int k = 0; k < c.n_fields; k++)
        bal_tie(t, BAL_TIE_SENSE, c.field[k], ref);
}

static int branches(const bal_device *dev, const bal_sweep_range *range)
{
    (void)range;
    return 2 * cable_of(dev).n;
}

/* ---- rows ---- */

/* What multiplies V1 V2 I1 I2 of the modes in one row, as exact sums of doubles. */
typedef struct row {
    bal_ddc v[2][BAL_LINE_MAX];
    bal_ddc i[2][BAL_LINE_MAX];
    double complex field[2];
} row;

static void short_row(const cable *c, int m, row *r)
{
    const bal_line *line = c->line;
    const bool even = m < c->n;
    const int k = m % c->n;
    for (int end = 0; end < 2; end++) {
        const double sign = end == 0 ? 1.0 : -1.0;
        for (int j = 0; j < c->n; j++) {
            const double unit = j == k ? 1.0 : 0.0;
            r->v[end][j] = even ? bal_ddc_from(-line->yp[k * c->n + j]) : bal_ddc_real(sign * unit);
            r->i[end][j] = even ? bal_ddc_real(unit) : bal_ddc_from(-sign * line->zo[k * c->n + j]);
        }
    }
    for (int f = 0; f < c->n_fields; f++)
        r->field[f] = (even ? line->source[f].first : line->source[f].second)[k];
}

static void long_row(const cable *c, int m, row *r)
{
    const bal_line *line = c->line;
    const int own = m / c->n;
    const int k = m % c->n;
    for (int end = 0; end < 2; end++) {
        const double complex *wave = end == own ? line->r : line->t;
        for (int j = 0; j < c->n; j++) {
            const bal_dd unit = bal_dd_of(end == own && j == k ? 1.0 : 0.0);
            const double complex part = -wave[k * c->n + j] * (line->q[k] / line->q[j]);
            const bal_ddc b = bal_ddc_from(part);
            const bal_dd zr = bal_dd_of(line->zr[j]);
            r->v[end][j] = (bal_ddc){bal_dd_add(unit, b.re), b.im};
            r->i[end][j] = (bal_ddc){bal_dd_mul(zr, bal_dd_sub(b.re, unit)), bal_dd_mul(zr, b.im)};
        }
    }
    for (int f = 0; f < c->n_fields; f++)
        r->field[f] =
            -2.0 * line->q[k] * (own == 0 ? line->source[f].first : line->source[f].second)[k];
}

static void stamp_row(const cable *c, bal_stamper *st, int m, const row *r)
{
    for (int end = 0; end < 2; end++)
        for (int t = 0; t < c->conductors; t++) {
            bal_ddc sum = bal_ddc_real(0.0);
            for (int j = 0; j < c->n; j++) {
                const double e = c->e[j * c->conductors + t]; /* a power of two: exact */
                if (e != 0.0)
                    sum = bal_ddc_add(sum, (bal_ddc){bal_dd_scale(r->v[end][j].re, e),
                                                     bal_dd_scale(r->v[end][j].im, e)});
            }
            bal_stamp_block(st, BAL_BRANCH(m), end * c->conductors + t, sum);
        }
    for (int end = 0; end < 2; end++)
        for (int j = 0; j < c->n; j++)
            bal_stamp_block(st, BAL_BRANCH(m), BAL_BRANCH(end * c->n + j), r->i[end][j]);
    for (int f = 0; f < c->n_fields; f++)
        bal_stamp_block(st, BAL_BRANCH(m), c->field[f], bal_ddc_from(r->field[f]));
}

static void stamp_rows(const cable *c, bal_stamper *st)
{
    for (int m = 0; m < 2 * c->n; m++) {
        row r = {0};
        if (c->line && c->line->doublings > 0)
            long_row(c, m, &r);
        else if (c->line)
            short_row(c, m, &r);
        stamp_row(c, st, m, &r);
    }
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const cable c = cable_of(dev);
    for (int t = 0; t < c.conductors; t++)
        for (int j = 0; j < c.n; j++) {
            const bal_dd e = bal_dd_of(c.e[j * c.conductors + t] * dev->multiplicity);
            if (bal_dd_is_zero(e))
                continue;
            bal_stamp_g(st, t, BAL_BRANCH(j), e);
            bal_stamp_g(st, c.conductors + t, BAL_BRANCH(c.n + j), e);
        }
    stamp_rows(&c, st);
}

/* The line at one angular frequency. False: it has no finite two-port. */
static bool compute(const cable *c, double omega, bal_line *line)
{
    double complex z[BAL_LINE_SQUARE];
    double complex y[BAL_LINE_SQUARE];
    bal_line_drive all[2];
    bal_line_drive used[2];
    const double complex s = bal_cplx(0.0, omega);
    const double length = length_of(c->dev);
    c->model->matrices(c->dev->model, c->n, s, z, y);
    for (int i = 0; i < c->n * c->n; i++) {
        z[i] = bal_cscale(z[i], length);
        y[i] = bal_cscale(y[i], length);
    }
    if (c->n_fields > 0 && c->model->drives)
        c->model->drives(c->dev->model, c->n, s, length, all);
    for (int f = 0; f < c->n_fields; f++)
        used[f] = c->model->drives ? all[c->drive[f]] : (bal_line_drive){{0.0}, {0.0}};
    return bal_line_compute(c->n, z, y, c->n_fields, used, line);
}

static void stamp_at(const bal_device *dev, bal_stamper *st)
{
    cable c = cable_of(dev);
    bal_line line;
    if (!compute(&c, bal_dd_double(bal_stamp_omega(st)), &line)) {
        bal_stamp_block(st, BAL_BRANCH(0), 0, bal_ddc_real((double)NAN)); /* reported as such */
        return;
    }
    c.line = &line;
    stamp_rows(&c, st);
}

/* Into the first conductor. */
static void current(const bal_device *dev, bal_stamper *st)
{
    const cable c = cable_of(dev);
    for (int j = 0; j < c.n; j++)
        bal_stamp_g(st, 0, BAL_BRANCH(j), bal_dd_of(c.e[j * c.conductors] * dev->multiplicity));
}

static void noise(const bal_device *dev, bal_noise *out)
{
    const cable c = cable_of(dev);
    const double kt = BAL_BOLTZMANN * (dev->temperature + BAL_KELVIN_OF_0C) / dev->multiplicity;
    bal_line line;
    double complex density[4 * BAL_LINE_SQUARE];
    int rows[2 * BAL_LINE_MAX];
    if (!compute(&c, 2.0 * 3.14159265358979323846 * bal_noise_frequency(out), &line))
        return;
    for (int k = 0; k < 2 * c.n; k++)
        rows[k] = BAL_BRANCH(k);
    bal_line_noise(&line, kt, density);
    bal_noise_matrix(out, 2 * c.n, rows, density);
}

/* The voltage of mode j at an end: summed with all digits, for a difference mode has few. */
static double complex mode_voltage(const cable *c, bal_doubt *d, int end, int j)
{
    bal_ddc sum = bal_ddc_real(0.0);
    for (int t = 0; t < c->conductors; t++) {
        const double e = c->e[j * c->conductors + t];
        if (e != 0.0)
            sum = bal_ddc_add(
                sum, bal_ddc_scale(bal_doubt_value(d, end * c->conductors + t), bal_dd_of(e)));
    }
    return bal_ddc_double(sum);
}

static void doubt(const bal_device *dev, bal_doubt *d)
{
    const cable c = cable_of(dev);
    bal_line line;
    bal_line_state at = {0};
    double gain[2 * BAL_LINE_MAX];
    if (!compute(&c, bal_dd_double(bal_doubt_omega(d)), &line))
        return;
    for (int end = 0; end < 2; end++)
        for (int j = 0; j < c.n; j++) {
            const int own = end * c.n + j;
            at.v[end][j] = mode_voltage(&c, d, end, j);
            at.i[end][j] = bal_ddc_double(bal_doubt_value(d, BAL_BRANCH(own)));
            gain[own] = bal_doubt_gain(d, BAL_BRANCH(own));
        }
    for (int f = 0; f < c.n_fields; f++)
        at.drive[f] = bal_ddc_double(bal_doubt_value(d, c.field[f]));
    bal_doubt_add(d, bal_line_doubt(&line, &at, gain));
}

const bal_device_ops bal_element_multiline = {
    .letter = 'P',
    .name = "multiline",
    .usage = "Pname in1 ... inN refin out1 ... outN refout MODEL len=<metre> [efield=<node>] "
             "[bfield=<node>] [m=]",
    .summary = "A length of cable or any coupled lines, exact from DC up. The model tells what the "
               "conductors are, see Cables.",
    .n_nodes = -1,
    .params = params,
    .n_params = BAL_COUNT(params),
    .model_types = "coax pair quad wire twisted bundle line cpl w",
    .check = check,
    .branches = branches,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
    .current = current,
    .noise = noise,
    .doubt = doubt,
};
