/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operating.h"

#include "alloc.h"
#include "engine.h"

typedef struct op {
    bal_study *s;
    bal_mna *mna;
    bal_ddc *amplitude;
    bal_ddc *x;
    bal_vector *vectors;
    double complex *row;
    size_t n;
} op;

static bal_dd dc_value(const bal_device *dev)
{
    for (int i = 0; i < dev->ops->n_params; i++)
        if (bal_text_is(bal_text_of("dc"), dev->ops->params[i].name))
            return dev->values[i];
    return bal_dd_of(0.0);
}

static bal_status column(op *o, bal_functional *functional, const char *name, const char *unit)
{
    if (!name)
        return BAL_E_NOMEM;
    o->vectors[o->n] = (bal_vector){.name = name, .unit = unit, .is_real = true};
    o->row[o->n++] = bal_dd_double(bal_mna_apply(o->mna, functional, o->x).re);
    bal_functional_release(functional);
    return BAL_OK;
}

static bal_status fill(op *o)
{
    bal_study *s = o->s;
    o->vectors[o->n++] = (bal_vector){.name = "frequency", .unit = "Hz", .is_real = true};
    for (int node = 1; node < bal_circuit_n_nodes(s->circuit); node++) {
        bal_functional f = {0};
        const char *name = NULL;
        bal_status status = bal_circuit_node_name(s->circuit, node, &name);
        if (status == BAL_OK)
            status = bal_mna_voltage(o->mna, node, 0, &f);
        if (status == BAL_OK)
            status = column(o, &f, bal_arena_format(s->arena, "v(%s)", name), "V");
        if (status != BAL_OK)
            return status;
    }
    const bal_device *const *devices = bal_circuit_devices(s->circuit);
    for (size_t i = 0; i < bal_circuit_n_devices(s->circuit); i++) {
        bal_functional f = {0};
        if (devices[i]->ops->n_branches != 1 || devices[i]->ops->current)
            continue;
        bal_status status = bal_mna_current(o->mna, i, &f);
        if (status == BAL_OK)
            status = column(
                o, &f,
                bal_arena_format(s->arena, "i(%.*s)", (int)devices[i]->name.n, devices[i]->name.p),
                "A");
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status solve(op *o)
{
    bal_study *s = o->s;
    const bal_mna_input input = bal_engine_input(s, 0.0, 0.0);
    const bal_device *const *devices = bal_circuit_devices(s->circuit);
    bal_status status = bal_mna_create(&input, &o->mna);
    if (status != BAL_OK)
        return status;
    const size_t most = (size_t)bal_circuit_n_nodes(s->circuit) + input.n_devices + 1;
    o->amplitude = bal_alloc((size_t)input.n_sources + 1, sizeof *o->amplitude);
    o->x = bal_alloc((size_t)bal_mna_unknowns(o->mna), sizeof *o->x);
    o->vectors = bal_alloc(most, sizeof *o->vectors);
    o->row = bal_alloc(most, sizeof *o->row);
    if (!o->amplitude || !o->x || !o->vectors || !o->row)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < input.n_devices; i++)
        if (devices[i]->ops->is_source)
            o->amplitude[devices[i]->source] = bal_ddc_of(dc_value(devices[i]), bal_dd_of(0.0));
    status = bal_mna_point(o->mna, bal_dd_of(0.0));
    if (status == BAL_OK)
        status = bal_mna_solve(o->mna, o->amplitude, o->x);
    return bal_engine_report(s, o->mna, 0.0, status);
}

bal_status bal_operating_point(bal_study *s, bal_sink *sink)
{
    op o = {.s = s};
    bal_status status = solve(&o);
    if (status == BAL_OK)
        status = fill(&o);
    const bal_stream stream = {.title = "operating point",
                               .vectors = o.vectors,
                               .n_vectors = o.n,
                               .n_runs = 1,
                               .n_frequencies = 1};
    if (status == BAL_OK)
        status = sink->begin(sink, &stream);
    if (status == BAL_OK)
        status = sink->run(sink, 0, NULL);
    if (status == BAL_OK)
        status = sink->point(sink, o.row);
    if (status == BAL_OK)
        status = sink->end(sink);
    bal_mna_destroy(o.mna);
    bal_free(o.amplitude);
    bal_free(o.x);
    bal_free(o.vectors);
    bal_free(o.row);
    return status;
}
