/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Headroom: by how much the nominal signal may rise before the first element reaches its vmax=.
 * A level is the RMS voltage at terminals 0 and 1 at 1 kHz, as nominal levels are stated; the hum
 * beside it is not counted.
 */
#include <math.h>
#include <stdlib.h>
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
    limit->name = bal_arena_copy(s->arena, dev->name.p, dev->name.n);
    limit->note = limit->name ? bal_arena_format(s->arena, "%s clips first", limit->name) : NULL;
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
    return status == BAL_OK ? bal_study_scalar(s, &q, &x->headroom) : status;
}

bal_status bal_headroom_set(bal_hum *x, bal_engine *e)
{
    bal_study *s = e->study;
    const char *first = NULL;
    double least = (double)INFINITY;
    for (size_t k = 0; k < x->n_limits; k++) {
        bal_hum_limit *limit = &x->limits[k];
        const bal_device *dev = bal_circuit_devices(s->circuit)[limit->device];
        const bal_status status = bal_engine_value(e, limit->vector);
        if (status != BAL_OK)
            return status;
        limit->volts = x->nominal * bal_ddc_abs(e->values[limit->vector].value);
        limit->vmax = bal_dd_double(dev->values[limit->param]);
        limit->room = 20.0 * log10(limit->vmax / limit->volts);
        if (!(limit->room < least))
            continue;
        least = limit->room;
        first = limit->note;
    }
    bal_scalar_set(s, x->headroom, least, "");
    bal_scalar_note(s, x->headroom, first);
    return BAL_OK;
}

static int least_first(const void *a, const void *b)
{
    const bal_hum_limit *p = a;
    const bal_hum_limit *q = b;
    if (p->room != q->room)
        return p->room < q->room ? -1 : 1;
    return (p->device > q->device) - (p->device < q->device);
}

static bal_status put_limits(const bal_hum *x, bal_sink *table)
{
    bal_status status = BAL_OK;
    for (size_t i = 0; i < x->n_limits && status == BAL_OK; i++) {
        const bal_hum_limit *limit = &x->limits[i];
        const double complex row[] = {0.0, limit->volts, limit->vmax, limit->room};
        status = table->point(table, row);
    }
    return status;
}

bal_status bal_headroom_report(bal_hum *x, bal_study *s, bal_sink *table)
{
    const bal_vector columns[] = {{.name = "", .unit = "", .is_real = true},
                                  {.name = "nominal", .unit = "V", .is_real = true},
                                  {.name = "vmax", .unit = "V", .is_real = true},
                                  {.name = "headroom", .unit = "dB", .is_real = true}};
    const char **labels = bal_arena_alloc(s->arena, x->n_limits + 1, sizeof *labels);
    const char *title =
        bal_arena_format(s->arena, "%.*s: what clips first", (int)x->name.n, x->name.p);
    const bal_stream stream = {.title = title,
                               .vectors = columns,
                               .n_vectors = sizeof columns / sizeof columns[0],
                               .n_runs = 1,
                               .n_frequencies = x->n_limits,
                               .labels = labels,
                               .label_title = "element"};
    if (x->n_limits == 0)
        return BAL_OK;
    if (!labels || !title)
        return BAL_E_NOMEM;
    qsort(x->limits, x->n_limits, sizeof *x->limits, least_first);
    for (size_t i = 0; i < x->n_limits; i++)
        labels[i] = x->limits[i].name;
    bal_status status = table->begin(table, &stream);
    if (status == BAL_OK)
        status = table->run(table, 0, NULL);
    if (status == BAL_OK)
        status = put_limits(x, table);
    return status == BAL_OK ? table->end(table) : status;
}
