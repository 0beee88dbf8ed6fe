/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Noise: the adjoint solution holds the gain from every row to the output, so one of them serves
 * all sources. */
#include "mna.h"

#include "alloc.h"
#include "mna_system.h"
#include "noise.h"

void bal_mna_noise_release(bal_mna *m)
{
    bal_free(m->gain);
    bal_free(m->dead);
    m->gain = NULL;
    m->dead = NULL;
}

static bal_status reserve(bal_mna *m)
{
    const size_t n = (size_t)m->system->n_full;
    if (m->gain)
        return BAL_OK;
    m->gain = bal_alloc(n, sizeof *m->gain);
    m->dead = bal_alloc(n, sizeof *m->dead);
    if (m->gain && m->dead)
        return BAL_OK;
    bal_mna_noise_release(m);
    return BAL_E_NOMEM;
}

bal_status bal_mna_noise(bal_mna *m, const bal_ddc y[], double density[])
{
    const bal_mna_system *s = m->system;
    bal_status status = reserve(m);
    if (status)
        return status;
    for (int i = 0; i < s->n_full; i++) {
        m->dead[i] = s->row[i] < 0;
        if (!m->dead[i])
            m->gain[i] = s->row_sign[i] < 0.0 ? bal_ddc_neg(y[s->row[i]]) : y[s->row[i]];
    }
    bal_noise n = {.st = &m->stamper, .gain = m->gain, .dead = m->dead};
    m->stamper.frequency = m->hertz;
    m->stamper.omega = m->omega;
    m->stamper.temperature = m->temperature;
    for (size_t d = 0; d < m->n_devices && !status; d++) {
        const bal_stamp_place place = bal_mna_place(m, s, d);
        status = bal_noise_run(&n, m->devices[d], &place);
        density[d] = n.unknown ? -1.0 : n.density;
        if (status)
            density[d] = (double)NAN;
    }
    return status;
}
