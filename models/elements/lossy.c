/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lossy line, LTRA: any of r, l, g and c may be 0, also those combinations that SPICE's LTRA
 * refuses. The line is the exact one at every frequency, f = 0 included (physics/line.h).
 */
#include "lossy.h"

#include <float.h>

#include "line.h"

/* ---- what O, Y and U share ---- */

void bal_lossy_ties(const bal_device *dev, const bal_lossy *line, bal_ties *ties)
{
    const bool common = dev->nodes[line->low[0]] == dev->nodes[line->low[1]];
    const bool leaks = line->g > 0.0 || !common;
    if (common)
        bal_tie(ties, line->r > 0.0 ? BAL_TIE_CONDUCTANCE : BAL_TIE_INDUCTANCE, line->high[0],
                line->high[1]);
    if (leaks || line->c > 0.0)
        for (int end = 0; end < 2; end++)
            bal_tie(ties, leaks ? BAL_TIE_CONDUCTANCE : BAL_TIE_CAPACITANCE, line->high[end],
                    line->low[end]);
}

/* Row `row`: sum of v[end] * voltage and i[end] * current into the end. */
static void stamp_row(const bal_lossy *line, bal_stamper *st, int row, const bal_ddc v[2],
                      const bal_ddc i[2])
{
    for (int end = 0; end < 2; end++) {
        bal_stamp_block(st, BAL_BRANCH(row), line->high[end], v[end]);
        bal_stamp_block(st, BAL_BRANCH(row), line->low[end], bal_ddc_neg(v[end]));
        bal_stamp_block(st, BAL_BRANCH(row), BAL_BRANCH(end), i[end]);
    }
}

void bal_lossy_stamp(const bal_device *dev, const bal_lossy *line, bal_stamper *st)
{
    const bal_ddc zero[2] = {bal_ddc_real(0.0), bal_ddc_real(0.0)};
    for (int end = 0; end < 2; end++) {
        bal_stamp_g(st, line->high[end], BAL_BRANCH(end), bal_dd_of(dev->multiplicity));
        bal_stamp_g(st, line->low[end], BAL_BRANCH(end), bal_dd_of(-dev->multiplicity));
    }
    for (int row = 0; row < 2; row++)
        stamp_row(line, st, row, zero, zero);
}

/* I1 + I2 - Yp (V1 + V2) = 0 and V1 - V2 - Zo (I1 - I2) = 0 */
static void stamp_short(const bal_lossy *line, bal_stamper *st, const bal_line *computed)
{
    const bal_ddc one = bal_ddc_real(1.0);
    const bal_ddc yp = bal_ddc_from(-computed->yp[0]);
    const bal_ddc zo = bal_ddc_from(computed->zo[0]);
    stamp_row(line, st, 0, (bal_ddc[]){yp, yp}, (bal_ddc[]){one, one});
    stamp_row(line, st, 1, (bal_ddc[]){one, bal_ddc_neg(one)}, (bal_ddc[]){bal_ddc_neg(zo), zo});
}

/* (V1 - zr I1) - r (V1 + zr I1) - t (V2 + zr I2) = 0, and from the other end */
static void stamp_long(const bal_lossy *line, bal_stamper *st, const bal_line *computed)
{
    const bal_ddc one = bal_ddc_real(1.0);
    const bal_ddc r = bal_ddc_from(computed->r[0]);
    const bal_ddc t = bal_ddc_from(-computed->t[0]);
    const bal_dd zr = bal_dd_of(computed->zr[0]);
    for (int row = 0; row < 2; row++) {
        bal_ddc v[2] = {t, t};
        bal_ddc i[2] = {bal_ddc_scale(t, zr), bal_ddc_scale(t, zr)};
        v[row] = bal_ddc_sub(one, r);
        i[row] = bal_ddc_neg(bal_ddc_scale(bal_ddc_add(one, r), zr));
        stamp_row(line, st, row, v, i);
    }
}

static bool compute(const bal_lossy *line, double omega, bal_line *computed)
{
    const double complex z = bal_cplx(line->r, omega * line->l);
    const double complex y = bal_cplx(line->g, omega * line->c);
    return bal_line_compute(1, &z, &y, 0, NULL, computed);
}

void bal_lossy_stamp_at(const bal_lossy *line, bal_stamper *st)
{
    bal_line computed;
    if (!compute(line, bal_dd_double(bal_stamp_omega(st)), &computed))
        bal_stamp_block(st, BAL_BRANCH(0), 0, bal_ddc_real((double)NAN)); /* reported as such */
    else if (computed.doublings > 0)
        stamp_long(line, st, &computed);
    else
        stamp_short(line, st, &computed);
}

void bal_lossy_current(const bal_device *dev, bal_stamper *st)
{
    bal_stamp_g(st, 0, BAL_BRANCH(0), bal_dd_of(dev->multiplicity));
}

void bal_lossy_noise(const bal_device *dev, const bal_lossy *line, bal_noise *out)
{
    const double kt = BAL_BOLTZMANN * (dev->temperature + BAL_KELVIN_OF_0C) / dev->multiplicity;
    const int rows[2] = {BAL_BRANCH(0), BAL_BRANCH(1)};
    bal_line computed;
    double complex density[4];
    if (!compute(line, BAL_DD_2PI.hi * bal_noise_frequency(out), &computed))
        return;
    bal_line_noise(&computed, kt, density);
    bal_noise_matrix(out, 2, rows, density);
}

void bal_lossy_doubt(const bal_lossy *line, bal_doubt *d)
{
    bal_line computed;
    bal_line_state at = {0};
    double gain[2];
    if (!compute(line, bal_dd_double(bal_doubt_omega(d)), &computed))
        return;
    for (int end = 0; end < 2; end++) {
        at.v[end][0] = bal_ddc_double(
            bal_ddc_sub(bal_doubt_value(d, line->high[end]), bal_doubt_value(d, line->low[end])));
        at.i[end][0] = bal_ddc_double(bal_doubt_value(d, BAL_BRANCH(end)));
        gain[end] = bal_doubt_gain(d, BAL_BRANCH(end));
    }
    bal_doubt_add(d, bal_line_doubt(&computed, &at, gain));
}

/* ---- what O and Y share: all of it per length ---- */

static bal_lossy line_of(const bal_device *dev)
{
    const double len = bal_dd_double(dev->values[BAL_LOSSY_LEN]);
    return (bal_lossy){bal_dd_double(dev->values[BAL_LOSSY_R]) * len,
                       bal_dd_double(dev->values[BAL_LOSSY_L]) * len,
                       bal_dd_double(dev->values[BAL_LOSSY_G]) * len,
                       bal_dd_double(dev->values[BAL_LOSSY_C]) * len,
                       {0, 2},
                       {1, 3}};
}

bal_status bal_uniform_check(const bal_device *dev, const char *key, bal_diag *diag)
{
    if (bal_device_given(dev, BAL_LOSSY_LEN))
        return BAL_OK;
    return bal_report(diag, BAL_D_ELEMENT_SYNTAX, dev->at,
                      "neither '%s' nor its model gives a length (%s=)", BAL_SHOW(dev->name), key);
}

void bal_uniform_ties(const bal_device *dev, bal_ties *t)
{
    const bal_lossy line = line_of(dev);
    bal_lossy_ties(dev, &line, t);
}

void bal_uniform_stamp(const bal_device *dev, bal_stamper *st)
{
    const bal_lossy line = line_of(dev);
    bal_lossy_stamp(dev, &line, st);
}

void bal_uniform_stamp_at(const bal_device *dev, bal_stamper *st)
{
    const bal_lossy line = line_of(dev);
    bal_lossy_stamp_at(&line, st);
}

void bal_uniform_noise(const bal_device *dev, bal_noise *out)
{
    const bal_lossy line = line_of(dev);
    bal_lossy_noise(dev, &line, out);
}

void bal_uniform_doubt(const bal_device *dev, bal_doubt *d)
{
    const bal_lossy line = line_of(dev);
    bal_lossy_doubt(&line, d);
}

/* ---- O ---- */

static const bal_param_spec params[] = {BAL_LOSSY_PARAMS("ltra")};

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    return bal_uniform_check(dev, "len", diag);
}

const bal_device_ops bal_element_lossy = {
    .letter = 'O',
    .name = "lossy line",
    .usage = "Oname a b c d MODEL [len=<metre>] [m=]",
    .summary = "Line with losses from the port (a, b) to the port (c, d), with the r, l, g, c and "
               "len of a .model of type ltra; any of them may be 0. The two ends share no ground.",
    .n_nodes = 4,
    .n_branches = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .model_types = "ltra",
    .model_keys = "length=len rel= abs= compactrel= compactabs= control= nocontrol= level=",
    .check = check,
    .ties = bal_uniform_ties,
    .stamp = bal_uniform_stamp,
    .stamp_at = bal_uniform_stamp_at,
    .current = bal_lossy_current,
    .noise = bal_uniform_noise,
    .doubt = bal_uniform_doubt,
};
