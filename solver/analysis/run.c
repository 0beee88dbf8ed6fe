/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks the axes, steps outermost, and streams every point to the views (files, table) and the
 * claims. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "engine.h"
#include "operating.h"
#include "rounding.h"
#include "study.h"
#include "transfer.h"

typedef struct view {
    bal_sink *sink;
    const bal_index_list *list;
    bal_vector *columns; /* the sink keeps them and the stream until its end */
    bal_stream stream;
} view;

typedef struct runner {
    bal_study *s;
    bal_engine engine;
    view *views;
    size_t n_views;
    double complex *row;
    bal_step_axis *axes; /* outermost first */
    double *step_values;
    bal_rounding *rounding; /* by vector */
    bal_index_list all;     /* vectors of files without .save */
    bal_index_list top;     /* those outside of instances: the table of a deck that names none */
} runner;

static bool wants_all(const runner *r, const bal_study_sinks *sinks)
{
    const bal_study *s = r->s;
    const bool file = sinks->n_files > 0 && (!s->has_save || s->save_all);
    const bool table =
        sinks->table && !s->has_print && s->summary.n_items == 0 && (!s->has_save || s->save_all);
    return file || table;
}

static const bal_index_list *table_list(const runner *r)
{
    const bal_study *s = r->s;
    if (s->has_print)
        return &s->printed;
    if (s->summary.n_items)
        return &s->summary;
    if (s->has_save && !s->save_all)
        return &s->saved;
    return !s->has_save && r->top.n_items ? &r->top : &r->all;
}

/* What is inside of an instance has a point in its name. */
static bal_status list_top(runner *r)
{
    bal_status status = BAL_OK;
    for (size_t i = 0; i < r->all.n_items && status == BAL_OK; i++) {
        const int vector = r->all.items[i];
        if (!strchr(r->s->vectors.defs[vector].shown.name, '.'))
            status = bal_index_add(&r->top, vector);
    }
    return status;
}

/* v(*) and i(*) of .print, once. */
static bal_status expand_wildcards(bal_study *s)
{
    bal_status status = BAL_OK;
    if (s->print_nodes)
        status = bal_list_nodes(s, &s->printed);
    if (s->print_currents && status == BAL_OK)
        status = bal_list_currents(s, &s->printed);
    s->print_nodes = s->print_currents = false;
    return status;
}

static bal_status choose_views(runner *r, const bal_study_sinks *sinks)
{
    bal_study *s = r->s;
    bal_status status = BAL_OK;
    const bool wants = wants_all(r, sinks) && (s->n_ports == 0 || bal_study_uses_circuit(s));
    if (wants)
        status = bal_list_nodes(s, &r->all);
    if (status == BAL_OK && wants)
        status = bal_list_currents(s, &r->all);
    for (size_t i = 0; wants && s->save_all && i < s->saved.n_items && status == BAL_OK; i++)
        status = bal_index_add(&r->all, s->saved.items[i]); /* .save all @r1[p] */
    if (status == BAL_OK)
        status = list_top(r);
    bal_index_list *file_list = s->has_save && !s->save_all ? &s->saved : &r->all;
    const bool table_uses_it = table_list(r) == file_list;
    if (status == BAL_OK && sinks->n_files && !(table_uses_it && sinks->table) && !s->named_listed)
        status = bal_list_named(s, file_list);
    s->named_listed = true;
    if (status == BAL_OK && sinks->table)
        status = expand_wildcards(s);
    r->views = bal_alloc(sinks->n_files + 1, sizeof *r->views);
    if (!r->views)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < sinks->n_files; i++)
        r->views[r->n_views++] = (view){.sink = sinks->files[i], .list = file_list};
    if (sinks->table)
        r->views[r->n_views++] = (view){.sink = sinks->table, .list = table_list(r)};
    return status;
}

static bal_status allocate(runner *r)
{
    bal_study *s = r->s;
    size_t widest = 0;
    for (size_t i = 0; i < r->n_views; i++) {
        const size_t n = r->views[i].list->n_items;
        widest = n > widest ? n : widest;
        r->views[i].columns = bal_alloc(n + 1, sizeof *r->views[i].columns);
        if (!r->views[i].columns)
            return BAL_E_NOMEM;
    }
    r->row = bal_alloc(widest + 1, sizeof *r->row);
    r->axes = bal_alloc(s->n_steps + 1, sizeof *r->axes);
    r->step_values = bal_alloc(s->n_steps + 1, sizeof *r->step_values);
    if (!r->row || !r->axes || !r->step_values)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < s->n_steps; i++)
        r->axes[s->n_steps - 1 - i] = (bal_step_axis){s->steps[i].name, s->steps[i].n_values};
    return BAL_OK;
}

static bal_status begin_views(runner *r)
{
    bal_study *s = r->s;
    const bal_text title = bal_circuit_deck(s->circuit)->title;
    const char *text = bal_arena_copy(s->arena, title.p, title.n);
    bal_status status = text ? BAL_OK : BAL_E_NOMEM;
    for (size_t i = 0; i < r->n_views && status == BAL_OK; i++) {
        view *v = &r->views[i];
        const bal_index_list *list = v->list;
        v->columns[0] = s->vectors.defs[0].shown;
        for (size_t k = 0; k < list->n_items; k++)
            v->columns[k + 1] = s->vectors.defs[list->items[k]].shown;
        v->stream = (bal_stream){.title = text,
                                 .vectors = v->columns,
                                 .n_vectors = list->n_items + 1,
                                 .steps = r->axes,
                                 .n_steps = s->n_steps,
                                 .n_runs = bal_study_runs(s),
                                 .n_frequencies = s->grid.n,
                                 .log_frequency =
                                     s->grid.kind == BAL_GRID_DEC || s->grid.kind == BAL_GRID_OCT};
        status = v->sink->begin(v->sink, &v->stream);
    }
    return status;
}

static bal_status send(runner *r)
{
    for (size_t i = 0; i < r->n_views; i++) {
        const bal_index_list *list = r->views[i].list;
        r->row[0] = r->engine.point.frequency;
        bal_status status = BAL_OK;
        for (size_t k = 0; k < list->n_items && status == BAL_OK; k++) {
            status = bal_engine_value(&r->engine, list->items[k]);
            r->row[k + 1] = bal_bounded_shown(&r->engine.values[list->items[k]]);
        }
        if (status == BAL_OK)
            status = r->views[i].sink->point(r->views[i].sink, r->row);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

/* Run k: the first card's axis turns fastest. */
static bal_status set_steps(runner *r, size_t k)
{
    bal_study *s = r->s;
    bal_status status = BAL_OK;
    s->grid.row_in_force = 0;
    for (size_t i = 0; i < s->n_steps && status == BAL_OK; i++) {
        const bal_dd value = bal_study_step_value(s, i, k);
        r->step_values[s->n_steps - 1 - i] = bal_dd_double(value);
        status = bal_circuit_set(s->circuit, s->steps[i].handle, value);
    }
    if (status == BAL_OK)
        status = bal_circuit_update(s->circuit);
    return status == BAL_OK ? bal_engine_restamp(&r->engine) : status;
}

static bal_status solve_again(void *user, double hertz, const bal_point **point)
{
    bal_engine *engine = user;
    *point = &engine->point;
    if (engine->values[0].value.re.hi == hertz)
        return BAL_OK; /* there already */
    return bal_engine_look(engine, hertz);
}

static double grid_frequency(void *user, size_t k)
{
    const bal_engine *engine = user;
    return bal_grid_frequency(&engine->study->grid, k);
}

static int badness(const bal_study_claim *c)
{
    return !c->run ? -1 : c->reason || c->truth == BAL_FALSE ? 2 : c->truth == BAL_UNKNOWN ? 1 : 0;
}

static void keep_worst(bal_study_claim *claim, const bal_watch_result *result, size_t run)
{
    bal_study_claim now = *claim;
    now.run = true;
    now.worst = *result;
    now.truth = result->truth;
    now.reason = result->reason;
    now.worst_run = run;
    const int step = badness(&now) - badness(claim);
    if (step > 0 || (step == 0 && result->value.margin < claim->worst.value.margin))
        *claim = now;
}

static bal_status end_claims(runner *r, size_t run)
{
    bal_study *s = r->s;
    const bal_solver solver = {&r->engine, solve_again, grid_frequency, s->grid.n};
    bal_status status = bal_duties_conclude(&r->engine);
    if (status == BAL_OK)
        status = bal_measures_end(s, &solver);
    if (status == BAL_OK)
        status = r->engine.failure;
    for (size_t i = 0; i < s->n_claims && status == BAL_OK; i++) {
        bal_watch_result result;
        status = bal_watch_end(s->claims[i].watch, &solver, &result);
        if (r->engine.failure != BAL_OK)
            status = r->engine.failure;
        if (status != BAL_OK)
            return status;
        if (bal_measure_missing(s, s->claims[i].expr))
            result.reason = "a measure that it uses has failed";
        keep_worst(&s->claims[i], &result, run);
    }
    return status;
}

static bal_status walk(runner *r, size_t run)
{
    bal_study *s = r->s;
    bal_status status = BAL_OK;
    for (size_t i = 0; i < s->n_claims; i++)
        bal_watch_begin(s->claims[i].watch);
    for (size_t i = 0; i < s->n_measures; i++)
        bal_watch_begin(s->measures[i].watch);
    for (size_t i = 0; i < r->n_views && status == BAL_OK; i++)
        status = r->views[i].sink->run(r->views[i].sink, run, r->step_values);
    for (size_t k = 0; k < s->grid.n && status == BAL_OK; k++) {
        status = bal_engine_look(&r->engine, bal_grid_frequency(&s->grid, k));
        if (status == BAL_OK)
            status = send(r);
        for (size_t i = 0; i < s->n_claims && status == BAL_OK; i++)
            status = bal_watch_point(s->claims[i].watch, &r->engine.point);
        for (size_t i = 0; i < s->n_measures && status == BAL_OK; i++)
            status = bal_watch_point(s->measures[i].watch, &r->engine.point);
        if (status == BAL_OK)
            status = r->engine.failure;
        if (status == BAL_OK)
            status = bal_rounding_point(r->rounding, &r->engine);
    }
    return status == BAL_OK ? end_claims(r, run) : status;
}

static bal_status run_grid(runner *r, const bal_study_sinks *sinks)
{
    bal_study *s = r->s;
    bal_status status = choose_views(r, sinks);
    if (status == BAL_OK)
        status = allocate(r);
    if (status == BAL_OK)
        status = bal_engine_create(s, &r->engine);
    if (status == BAL_OK)
        status = bal_measures_prepare(s);
    if (status == BAL_OK)
        status = bal_rounding_create(s, &r->rounding);
    if (status == BAL_OK)
        status = begin_views(r);
    const size_t runs = bal_study_runs(s);
    for (size_t k = 0; k < runs && status == BAL_OK; k++) {
        status = set_steps(r, k);
        if (status == BAL_OK)
            status = walk(r, k);
    }
    for (size_t i = 0; i < r->n_views && status == BAL_OK; i++)
        status = r->views[i].sink->end(r->views[i].sink);
    if (status == BAL_OK && sinks->table && s->n_steps == 0)
        status = bal_duties_report(s, sinks->table);
    return status == BAL_OK ? bal_rounding_report(r->rounding, s) : status;
}

/* By node: what a card reads, and where ports are. NULL when memory is out. */
static const bool *find_used(const bal_study *s)
{
    bool *used = bal_arena_alloc(s->arena, (size_t)bal_circuit_n_nodes(s->circuit), sizeof *used);
    for (size_t i = 0; used && i < s->n_ports; i++)
        for (int k = 0; k < s->ports[i]->n_nodes; k++)
            used[s->ports[i]->nodes[k]] = true;
    for (size_t i = 0; used && i < s->n_responses; i++) {
        const bal_response *response = &s->responses[i];
        for (int k = 0; k < response->n_terms; k++)
            if (response->terms[k].device < 0)
                used[response->terms[k].a] = used[response->terms[k].b] = true;
    }
    return used;
}

static bal_status check_topology(bal_study *s)
{
    if (s->has_topology)
        return BAL_OK;
    const bool *used = find_used(s);
    if (!used)
        return BAL_E_NOMEM;
    double low = 0.0;
    double high = 1.0;
    if (s->grid.kind != BAL_GRID_NONE)
        bal_grid_range(&s->grid, &low, &high);
    bal_status status = bal_topology_create(s->circuit, high == 0.0, used, &s->topology);
    s->has_topology = status == BAL_OK;
    for (size_t i = 0; i < s->n_systems && status == BAL_OK; i++) {
        bal_system *system = &s->systems[i];
        const bal_topology_extra extra = {system->ports, system->n_ports};
        if (system->n_ports == 0 || system->has_topology)
            continue;
        status = bal_topology_extend(s->circuit, high == 0.0, &extra, &system->topology);
        system->has_topology = status == BAL_OK;
    }
    return status;
}

/* A response is determined when its weights on each floating island add up to zero. */
static bal_status demand(bal_study *s, const bal_response *response)
{
    const bal_topology *topology =
        response->system < 0 ? &s->topology : &s->systems[response->system].topology;
    for (int i = 0; i < response->n_terms; i++) {
        const int nodes[2] = {response->terms[i].a, response->terms[i].b};
        for (int k = 0; k < 2 && response->terms[i].device < 0; k++) {
            const int island = topology->island[nodes[k]];
            double weight = 0.0;
            for (int j = 0; j < response->n_terms && island >= 0; j++) {
                const bal_response_term *t = &response->terms[j];
                weight += topology->island[t->a] == island ? t->factor.hi : 0.0;
                weight -= topology->island[t->b] == island ? t->factor.hi : 0.0;
            }
            if (weight == 0.0)
                continue;
            return bal_topology_demand(s->circuit, topology, nodes[k], 0, (bal_span){0});
        }
    }
    return BAL_OK;
}

bal_status bal_study_check(bal_study *s)
{
    if (bal_circuit_n_nodes(s->circuit) <= 1)
        return bal_report(s->diag, BAL_D_EMPTY_DECK,
                          (bal_span){bal_circuit_deck(s->circuit)->source, 0, 0},
                          "no element has a node besides ground: there is nothing to solve");
    bal_status status = check_topology(s);
    if (status != BAL_OK)
        return status;
    for (size_t i = 0; i < s->n_responses && status == BAL_OK; i++)
        status = demand(s, &s->responses[i]);
    if (status != BAL_OK || s->topology.n_tied == 0 || !bal_study_uses_circuit(s))
        return status;
    if (!s->demands)
        return bal_topology_demand(s->circuit, &s->topology, s->topology.tied[0], 0, (bal_span){0});
    return bal_topology_warn(s->circuit, &s->topology);
}

bal_status bal_study_run(bal_study *s, const bal_study_sinks *sinks)
{
    runner r = {.s = s, .engine = {.study = s}};
    bal_status status = bal_study_check(s);
    for (size_t i = 0; i < s->n_claims; i++)
        s->claims[i].run = false;
    if (status == BAL_OK && s->wants_op && sinks->op_table)
        status = bal_operating_point(s, sinks->op_table);
    if (status == BAL_OK && sinks->op_table)
        status = bal_transfers_run(s, sinks->op_table);
    if (status == BAL_OK && s->grid.kind != BAL_GRID_NONE)
        status = run_grid(&r, sinks);
    bal_engine_destroy(&r.engine);
    for (size_t i = 0; i < r.n_views; i++)
        bal_free(r.views[i].columns);
    bal_free(r.views);
    bal_free(r.row);
    bal_free(r.axes);
    bal_free(r.step_values);
    bal_free(r.rounding);
    bal_free(r.all.items);
    bal_free(r.top.items);
    return status;
}
