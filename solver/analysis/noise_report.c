/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of who makes the noise, loudest first. */
#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "noise_card.h"

enum { SHOWN = 20 };

typedef struct part {
    size_t device;
    double power;
} part;

static int louder_first(const void *a, const void *b)
{
    const part *p = a;
    const part *q = b;
    if (p->power != q->power)
        return p->power < q->power ? 1 : -1;
    return (p->device > q->device) - (p->device < q->device);
}

/* Parts that contribute, sorted; *n of them. */
static part *sorted(const bal_noise_card *x, size_t n_devices, size_t *n)
{
    part *parts = bal_alloc(n_devices, sizeof *parts);
    *n = 0;
    for (size_t d = 0; parts && d < n_devices; d++)
        if (x->power[d] > 0.0)
            parts[(*n)++] = (part){d, x->power[d]};
    if (parts && *n > 1)
        qsort(parts, *n, sizeof *parts, louder_first);
    return parts;
}

static bal_status name_rows(bal_study *s, const part parts[], size_t shown, const char *labels[])
{
    for (size_t i = 0; i < shown; i++) {
        const bal_device *dev = bal_circuit_devices(s->circuit)[parts[i].device];
        labels[i] = bal_arena_copy(s->arena, dev->name.p, dev->name.n);
        if (!labels[i])
            return BAL_E_NOMEM;
    }
    labels[shown] = "all";
    return BAL_OK;
}

static bal_status put_rows(const bal_noise_card *x, const part parts[], size_t shown,
                           bal_sink *table)
{
    const double all = x->sums[BAL_NOISE_OUT];
    bal_status status = BAL_OK;
    for (size_t i = 0; i <= shown && status == BAL_OK; i++) {
        const double power = i < shown ? parts[i].power : all;
        const double complex row[] = {0.0, sqrt(power), 10.0 * log10(power / 0.6),
                                      100.0 * power / all};
        status = table->point(table, row);
    }
    return status;
}

bal_status bal_noise_report(void *state, bal_study *s, bal_sink *table)
{
    const bal_noise_card *x = state;
    size_t n = 0;
    part *parts = sorted(x, bal_circuit_n_devices(s->circuit), &n);
    if (!parts)
        return BAL_E_NOMEM;
    const size_t shown = n < SHOWN ? n : SHOWN;
    static const bal_vector columns[] = {{.name = "", .unit = "", .is_real = true},
                                         {.name = "noise", .unit = "V", .is_real = true},
                                         {.name = "level", .unit = "dBu", .is_real = true},
                                         {.name = "share", .unit = "%", .is_real = true}};
    const char *labels[SHOWN + 1];
    const char *title = bal_arena_format(s->arena, "%.*s: at the output, %g Hz to %g Hz",
                                         (int)x->name.n, x->name.p, x->from, x->to);
    const bal_stream stream = {.title = title,
                               .vectors = columns,
                               .n_vectors = sizeof columns / sizeof columns[0],
                               .n_runs = 1,
                               .n_frequencies = shown + 1,
                               .labels = labels,
                               .label_title = "element"};
    bal_status status = title ? name_rows(s, parts, shown, labels) : BAL_E_NOMEM;
    if (status == BAL_OK && n)
        status = table->begin(table, &stream);
    if (status == BAL_OK && n)
        status = table->run(table, 0, NULL);
    if (status == BAL_OK && n)
        status = put_rows(x, parts, shown, table);
    if (status == BAL_OK && n)
        status = table->end(table);
    bal_free(parts);
    return status;
}
