/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "doubt.h"

bal_ddc bal_doubt_value(bal_doubt *d, int local)
{
    const int unknown = bal_stamper_unknown(d->st, local);
    return unknown >= 0 ? d->value[unknown] : bal_ddc_real(0.0);
}

double bal_doubt_gain(bal_doubt *d, int row)
{
    const int unknown = bal_stamper_unknown(d->st, row);
    return unknown >= 0 ? bal_ddc_abs(d->gain[unknown]) : 0.0;
}

bal_dd bal_doubt_omega(const bal_doubt *d)
{
    return d->st->omega;
}

void bal_doubt_add(bal_doubt *d, double moved)
{
    d->moved += moved;
}

void bal_doubt_run(bal_doubt *d, const bal_device *device, const bal_stamp_place *place)
{
    d->moved = 0.0;
    if (!device->ops->doubt)
        return;
    d->st->device = device;
    d->st->place = *place;
    d->st->status = BAL_OK;
    device->ops->doubt(device, d);
    if (d->st->status || !isfinite(d->moved))
        d->moved = (double)INFINITY;
}
