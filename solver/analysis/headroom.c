/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Headroom: by how much the nominal signal may rise before the first element reaches its vmax=.
 * A level is the RMS voltage at terminals 0 and 1 at 1 kHz, as nominal levels are stated; the hum
 * beside it is not counted.
 */
#include <math.h>
#include <string.h>

#include "hum.h"

/* Index of vmax= where it is given, else -1. */
static int limit_of(const bal_device *dev)
{
    for (int i = 0; i < dev->ops->n_params; i++)
        if (strcmp(dev->ops->params[i].name, "vmax") == 0 && bal_device_given(dev, i))
            return i;
    return -1;
}

static bal_status add_limit(bal_study *s, bal_hum *x, size_t i)
{
    const bal_device *dev = bal_circuit_devices(s->circuit)[i];
    const bal_response_term term = {dev->nodes[0], dev->nodes[1], -1, bal_dd_of(1.0)};
    bal_hum_limit *limit = &x->limits[x->n_limits++];
    int response = -1;
    *limit = (bal_hum_limit){.device = i, .param = limit_of(dev)};
    limit->note = bal_arena_format(s->arena, "%.*s clips first", (int)dev->name.n, dev->name.p);
    bal_status status = limit->note ? BAL_OK : BAL_E_NOMEM;
    if (status == BAL_OK)
        status = bal_study_response(s, &term, 1, &response);
    const bal_primary_request q = {BAL_DECK_SYSTEM, x->signal, response, NULL, "V"};
    return status == BAL_OK ? bal_study_primary(s, &q, &limit->vector) : status;
}

bal_status bal_headroom_declare(bal_study *s, bal_hum *x)
{
    const size_t n = bal_circuit_n_devices(s->circuit);
    const bal_scalar_request q = {bal_study_member(s, x->name, "headroom"), "dB", x->at};
    bal_status status = BAL_OK;
    x->limits = bal_arena_alloc(s->arena, n + 1, sizeof *x->limits);
    if (!x->limits)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < n && status == BAL_OK; i++)
        if (limit_of(bal_circuit_devices(s->circuit)[i]) >= 0)
            status = add_limit(s, x, i);
    if (status == BAL_OK && x->n_limits > 0)
        status = bal_study_scalar(s, &q, &x->headroom);
    return status;
}

void bal_headroom_set(bal_hum *x, bal_engine *e)
{
    bal_study *s = e->study;
    const char *first = NULL;
    double least = (double)INFINITY;
    for (size_t k = 0; k < x->n_limits; k++) {
        const bal_hum_limit *limit = &x->limits[k];
        const bal_device *dev = bal_circuit_devices(s->circuit)[limit->device];
        const double level = x->nominal * bal_ddc_abs(e->values[limit->vector].value);
        const double room = 20.0 * log10(bal_dd_double(dev->values[limit->param]) / level);
        if (!(room < least))
            continue;
        least = room;
        first = limit->note;
    }
    if (x->n_limits == 0)
        return;
    bal_scalar_set(s, x->headroom, least, "");
    bal_scalar_note(s, x->headroom, first);
}
