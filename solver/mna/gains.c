/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What devices see of solutions: the adjoint one holds the gain from every row to the output, so
 * that one of them serves all sources of noise and all roundings. */
#include "doubt.h"
#include "mna.h"
#include "mna_system.h"
#include "noise.h"

static bal_ddc signed_by(double sign, bal_ddc v)
{
    return sign < 0.0 ? bal_ddc_neg(v) : v;
}

static void spread_gains(bal_mna_system *s, const bal_ddc y[])
{
    for (int i = 0; i < s->n_full; i++) {
        s->dead[i] = s->row[i] < 0;
        s->gain[i] = s->dead[i] ? bal_ddc_real(0.0) : signed_by(s->row_sign[i], y[s->row[i]]);
    }
}

static void spread_values(bal_mna_system *s, const bal_ddc x[])
{
    for (int i = 0; i < s->n_full; i++) {
        const bool solved = s->col[i] >= 0; /* else it lies between two merged branches: no device
                                               that is in doubt has a terminal there */
        s->value[i] = solved ? signed_by(s->col_sign[i], x[s->col[i]]) : bal_ddc_real(0.0);
    }
}

static void set_point(bal_mna *m)
{
    m->stamper.frequency = m->hertz;
    m->stamper.omega = m->omega;
    m->stamper.temperature = m->temperature;
}

bal_status bal_mna_noise(bal_mna *m, const bal_ddc y[], double density[])
{
    bal_mna_system *s = m->system;
    bal_status status = BAL_OK;
    spread_gains(s, y);
    set_point(m);
    bal_noise n = {.st = &m->stamper, .gain = s->gain, .dead = s->dead};
    for (size_t d = 0; d < m->n_devices && !status; d++) {
        const bal_stamp_place place = bal_mna_place(m, s, d);
        status = bal_noise_run(&n, m->devices[d], &place);
        density[d] = n.unknown ? -1.0 : n.density;
        if (status)
            density[d] = (double)NAN;
    }
    return status;
}

/* What the devices' own rounding adds to the bound. */
static double doubts(bal_mna *m, const bal_ddc x[], const bal_ddc y[])
{
    bal_mna_system *s = m->system;
    bal_doubt doubt = {.st = &m->stamper, .value = s->value, .gain = s->gain};
    double sum = 0.0;
    spread_values(s, x);
    spread_gains(s, y);
    set_point(m);
    for (size_t k = 0; k < s->n_block_devices; k++) {
        const size_t d = s->block_devices[k];
        const bal_stamp_place place = bal_mna_place(m, s, d);
        bal_doubt_run(&doubt, m->devices[d], &place);
        sum += doubt.moved;
    }
    return sum;
}

double bal_mna_bound(bal_mna *m, const bal_ddc amplitude[], const bal_ddc x[],
                     const bal_functional *functional, const bal_ddc y[])
{
    bal_mna_system *s = m->system;
    bal_mna_excite(m, amplitude, s->b);
    bal_mna_weigh(m, functional, s->weight);
    const double bound = bal_linsys_bound(s->linsys, s->b, x, s->weight, y);
    return s->n_block_devices > 0 ? bound + doubts(m, x, y) : bound;
}
