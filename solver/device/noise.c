/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "noise.h"

static void fail(bal_noise *n, bal_status status)
{
    if (!n->st->status)
        n->st->status = status;
}

/* Gain from the right-hand side of a row to the output. */
static bal_ddc gain_of(bal_noise *n, int local)
{
    const int row = bal_stamper_unknown(n->st, local);
    if (row >= 0 && n->dead[row])
        fail(n, BAL_E_USAGE);
    return row >= 0 && !n->dead[row] ? n->gain[row] : bal_ddc_real(0.0);
}

static void add(bal_noise *n, double density)
{
    if (isfinite(density))
        n->density += density;
    else
        fail(n, BAL_E_NUMERIC);
}

void bal_noise_current(bal_noise *n, int a, int b, double density)
{
    const double gain = bal_ddc_abs(bal_ddc_sub(gain_of(n, b), gain_of(n, a)));
    add(n, gain * gain * density);
}

void bal_noise_voltage(bal_noise *n, int row, double density)
{
    const double gain = bal_ddc_abs(gain_of(n, row));
    add(n, gain * gain * density);
}

void bal_noise_matrix(bal_noise *n, int m, const int rows[], const double complex density[])
{
    double sum = 0.0;
    for (int i = 0; i < m; i++)
        for (int k = 0; k < m; k++) {
            const double complex gi = bal_ddc_double(gain_of(n, rows[i]));
            const double complex gk = bal_ddc_double(gain_of(n, rows[k]));
            sum += creal(gi * density[i * m + k] * conj(gk));
        }
    add(n, fmax(sum, 0.0)); /* a loss-free part may come out below zero by rounding */
}

void bal_noise_unknown(bal_noise *n)
{
    n->unknown = true;
}

double bal_noise_frequency(const bal_noise *n)
{
    return bal_dd_double(n->st->frequency);
}

bal_ddc bal_noise_value_at(bal_noise *n, int param)
{
    return bal_stamp_value_at(n->st, param);
}

int bal_noise_branch_count(const bal_noise *n)
{
    return bal_stamp_branch_count(n->st, -1);
}

bal_status bal_noise_run(bal_noise *n, const bal_device *device, const bal_stamp_place *place)
{
    n->density = 0.0;
    n->unknown = false;
    if (!device->ops->noise)
        return BAL_OK;
    n->st->device = device;
    n->st->place = *place;
    n->st->status = BAL_OK;
    device->ops->noise(device, n);
    return n->st->status;
}
